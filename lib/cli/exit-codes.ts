/** Something blocks. */
export const BLOCKED = 1;

/** The command was used wrongly. */
export const MISUSED = 2;

/** The preview or a file has failed, so that nothing, or not all, was judged. */
export const NOT_JUDGED = 3;
