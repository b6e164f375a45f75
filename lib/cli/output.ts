/** Where a command prints. */
export interface Output {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}
