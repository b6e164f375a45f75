import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { say } from "./log.mjs";
import { root } from "./paths.mjs";
import { loadTypeScript } from "./typescript.mjs";

/**
 * `npm run properties`: writes into the data what follows from the readers and the installed schemas, and prints what someone has
 * to decide.
 * @returns {Promise<number>} the exit code
 */
export async function properties() {
  const { classifiedFiles } = /** @type {typeof import("./properties/property-classes.js")} */ (
    loadTypeScript("tools/properties/property-classes.ts")
  );
  const { comparedTypes } = /** @type {typeof import("./properties/compared-types.js")} */ (
    loadTypeScript("tools/properties/compared-types.ts")
  );
  const { correctedClasses } = /** @type {typeof import("./properties/corrected-classes.js")} */ (
    loadTypeScript("tools/properties/corrected-classes.ts")
  );
  const { coverageFaults } = /** @type {typeof import("./properties/coverage-faults.js")} */ (
    loadTypeScript("tools/properties/coverage-faults.ts")
  );
  let remaining = 0;
  for (const { file, ...provider } of classifiedFiles()) {
    const compared = comparedTypes({ file, ...provider });
    const types = compared.map(correctedClasses);
    const path = join(root, file);
    const options = { ...(await resolveConfig(path)), parser: "json" };
    await writeFile(path, await format(JSON.stringify({ ...provider, types }, undefined, 2), options));
    for (const [index, type] of types.entries()) {
      const one = compared[index];
      for (const fault of one === undefined ? [] : coverageFaults({ ...one, type })) {
        remaining++;
        say(`${file}, ${type.type}: ${fault}`);
      }
    }
  }
  return remaining === 0 ? 0 : 1;
}
