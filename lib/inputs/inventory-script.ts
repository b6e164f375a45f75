import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The script in Windows PowerShell that writes an inventory. */
export function inventoryScript(): Promise<string> {
  return readFile(join(__dirname, "inventory", "inventory.ps1"), "utf8");
}
