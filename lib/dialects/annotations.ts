import { resolveConfigurationVersion } from "../estate/configuration-versions";
import type { FactsOf } from "../estate/linked-facts";
import {
  SECURE_BOOT_TEMPLATES,
  type ExchangeServer,
  type GuestOs,
  type VirtualDisk,
  type VirtualMachine,
} from "../estate/model";
import type { Reader } from "../estate/reader";
import { absent, ifKnown, map, type Origin, type Value, type Values } from "../estate/value";
import { resolveArchitecture, resolveEdition, resolveOperatingSystem } from "../tables/operating-systems";
import { readPurpose } from "./disk-words";
import { readExchangeRoles, readExchangeVersion } from "./exchange";

/*
 * Facts that tags and settings add to resources whose type has no property for them: the same ones, read in the same way.
 */

/** The facts that may be added to a virtual machine and to a disk. */
export type MachineAnnotations = Partial<Values<FactsOf<VirtualMachine>>>;
export type DiskAnnotations = Partial<Values<FactsOf<VirtualDisk>>>;

/**
 * @param prefix what stands before each name
 * @param exchange the server in it, which tags and settings write in their own ways
 */
export function readMachineAnnotations(reader: Reader, prefix: string, exchange: Value<ExchangeServer>) {
  const edition = reader.resolved(`${prefix}edition`, resolveEdition);
  const architecture = reader.resolved(`${prefix}architecture`, resolveArchitecture);
  const guestOs = reader.resolved(`${prefix}guestOs`, resolveOperatingSystem);
  return {
    host: reader.text(`${prefix}host`),
    cluster: reader.text(`${prefix}cluster`),
    edition,
    architecture,
    guestOs: map(guestOs, (guest) => withDetails(guest, edition, architecture)),
    secureBoot: reader.flag(`${prefix}secureBoot`),
    secureBootTemplate: reader.oneOf(`${prefix}secureBootTemplate`, SECURE_BOOT_TEMPLATES),
    tpm: reader.flag(`${prefix}tpm`),
    configurationVersion: reader.resolved(`${prefix}configurationVersion`, resolveConfigurationVersion),
    processorCompatibility: reader.flag(`${prefix}processorCompatibility`),
    nestedVirtualization: reader.flag(`${prefix}nestedVirtualization`),
    role: reader.texts(`${prefix}role`),
    group: reader.text(`${prefix}group`),
    antiAffinityClassNames: reader.texts(`${prefix}antiAffinityClassNames`),
    exchange,
  };
}

export function readDiskAnnotations(reader: Reader, prefix: string) {
  return { purpose: readPurpose(reader, `${prefix}purpose`), storage: reader.text(`${prefix}storage`) };
}

/** A guest with the edition and the architecture that are declared besides its name. */
export function withDetails(
  guest: GuestOs,
  edition: VirtualMachine["edition"],
  architecture: VirtualMachine["architecture"],
): GuestOs {
  const own = { edition: ifKnown(edition), architecture: ifKnown(architecture) };
  return {
    ...guest,
    ...(own.edition === undefined ? {} : { edition: own.edition }),
    ...(own.architecture === undefined ? {} : { architecture: own.architecture }),
  };
}

/** The names under which the facts of an Exchange server stand. */
interface ServerNames {
  readonly version: string;
  readonly roles: string;
  readonly databaseAvailabilityGroup: string;
}

export function readServerAnnotations(reader: Reader, names: ServerNames, origin: Origin): ExchangeServer {
  const version = reader.required(readExchangeVersion(reader, names.version), "the version of Exchange");
  const none = absent({ ...origin, path: "" });
  return {
    version: map(version, ({ id }) => id),
    isTakenAsRtm: ifKnown(version)?.isTakenAsRtm === true,
    roles: reader.required(readExchangeRoles(reader, names.roles, version), "the server roles"),
    databaseAvailabilityGroup: reader.text(names.databaseAvailabilityGroup),
    databases: none,
    witnessServer: none,
    managementSoftwareGB: none,
    crashDumpGB: none,
    serverRolesGB: none,
  };
}
