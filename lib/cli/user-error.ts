import { MISUSED, NOT_JUDGED } from "./exit-codes";

/** Something that the user can fix, said in a line; the command ends with its exit code. */
export class UserError extends Error {
  readonly exitCode: typeof MISUSED | typeof NOT_JUDGED = MISUSED;
}

/** The preview or a file has failed, so that nothing, or not all, was judged. */
export class NotJudgedError extends UserError {
  override readonly exitCode = NOT_JUDGED;
}
