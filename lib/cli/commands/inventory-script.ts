import { inventoryScript } from "../../inputs/inventory-script";
import type { CommandOutput } from "../output";

/** Prints the script that makes an inventory of what runs. */
export async function printInventoryScript({ out }: Pick<CommandOutput, "out">): Promise<number> {
  out((await inventoryScript()).trimEnd());
  return 0;
}
