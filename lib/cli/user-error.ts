/** Something that the user can mend: shown without a stack trace. */
export class UserError extends Error {}
