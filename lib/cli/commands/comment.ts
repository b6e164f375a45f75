import { readText } from "../files";
import type { ValuesOf } from "../options";
import type { CommandOutput } from "../output";
import { commentOnce } from "../pull-request";

/** Puts a report on the pull request of the pipeline. */
export async function comment({ file }: ValuesOf<"comment">, { error }: CommandOutput): Promise<number> {
  const done = await commentOnce(await readText(file), process.env);
  error(
    done === undefined ? "There is no pull request to comment on." : `The comment on the pull request was ${done}.`,
  );
  return 0;
}
