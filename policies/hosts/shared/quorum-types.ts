import { fold } from "../../../lib/text/names";

/** Whether only nodes vote, in the words of Windows or of the deployment of Azure Local. */
export function isWithoutWitness(type: string): boolean {
  return fold(type) === "nodemajority";
}

/** Whether a disk votes, alone or with the nodes. */
export function isDiskWitness(type: string): boolean {
  return ["nodeanddiskmajority", "nomajority", "nomajoritydiskonly", "diskonly", "disk"].includes(
    fold(type).replace(/[^a-z]/g, ""),
  );
}

/** Whether a share on a file server votes. */
export function isFileShareWitness(type: string): boolean {
  return ["nodeandfilesharemajority", "fileshare"].includes(fold(type).replace(/[^a-z]/g, ""));
}
