import type { GuestOs } from "../../../lib/estate/model";
import { familyOf } from "../../../lib/tables/operating-systems";

export function isWindows({ product }: GuestOs): boolean {
  const family = familyOf(product);
  return family === "windowsServer" || family === "windowsClient";
}
