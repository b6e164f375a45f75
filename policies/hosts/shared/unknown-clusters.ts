import { perEstate } from "../../../lib/estate/estate";

/** The clusters that are not known of virtual machines: each may be any. */
export const unknownClusters = perEstate((estate) =>
  estate.virtualMachines.map((vm) => estate.clusterOf(vm)).filter(({ state }) => state === "unknown"),
);
