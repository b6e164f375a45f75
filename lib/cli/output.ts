/** Where a command prints. */
export interface CommandOutput {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Shows what takes a while as long as it does. */
  readonly during: <T>(what: string, work: () => Promise<T>) => Promise<T>;
  /** Asks the user; absent where nobody is there to answer. */
  readonly ask?: (question: string) => Promise<string>;
  /** What standard output can show. */
  readonly terminal: Terminal;
}

export interface Terminal {
  /** In how many columns; absent where it is not a terminal. */
  readonly width?: number;
  readonly isColoured: boolean;
}
