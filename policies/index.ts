import type { Rule } from "../lib/rules/rule";
import { estate } from "./estate/estate";
import { exchangeDagAntiAffinity } from "./exchange/exchange-dag-anti-affinity";
import { exchangeDynamicMemory } from "./exchange/exchange-dynamic-memory";
import { exchangeFixedDisks } from "./exchange/exchange-fixed-disks";
import { guestProcessorCount } from "./guests/guest-processor-count";
import { hostVirtualProcessors } from "./hosts/host-virtual-processors";
import { virtualProcessorRatio } from "./hosts/virtual-processor-ratio";

export { undecided } from "./estate/undecided";

/** The catalogue: every rule of the pack, in the order in which they are judged. */
export const RULES: readonly Rule[] = [
  estate,
  guestProcessorCount,
  virtualProcessorRatio,
  hostVirtualProcessors,
  exchangeDynamicMemory,
  exchangeFixedDisks,
  exchangeDagAntiAffinity,
];
