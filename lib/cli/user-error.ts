/** Something that the user can fix, said in a line; the command ends with its exit code. */
export class UserError extends Error {
  /** 2: the command was used wrongly; 3: it could not judge. */
  readonly exitCode: 2 | 3 = 2;
}

/** The preview or a file has failed, so that nothing, or not all, was judged. */
export class NotJudgedError extends UserError {
  override readonly exitCode = 3;
}
