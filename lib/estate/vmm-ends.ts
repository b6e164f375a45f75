import type { VmmEnd, EsxVersion, VmmServer } from "./model";
import { known, map, type Value } from "./value";

/** The names of the computers at an end; what is unknown stands for itself. */
export function namesAt(end: VmmEnd, vmm: VmmServer): readonly Value<string>[] {
  return NAMES_AT[end](vmm);
}

/** Every computer that a server connects to, or that connects to it, by each of its names, and the server itself. */
export function partnersOf(vmm: VmmServer): readonly Value<string>[] {
  const { name, host, address } = vmm;
  return [
    known(name, host.origin),
    ...one(host),
    ...one(address),
    ...Object.values(NAMES_AT).flatMap((names) => names(vmm)),
  ];
}

const NAMES_AT: Readonly<Record<VmmEnd, (vmm: VmmServer) => readonly Value<string>[]>> = {
  vmmServer: ({ name, host }) => [known(name, host.origin)],
  sqlServer: ({ sqlServer }) => one(sqlServer),
  libraryServer: ({ libraryServers }) => all(libraryServers),
  managedHost: ({ managedHosts }) => all(managedHosts),
  perimeterHost: ({ perimeterHosts }) => all(perimeterHosts),
  fileServer: ({ fileServers }) => all(fileServers),
  guestAgent: ({ guestAgents }) => all(guestAgents),
  console: ({ consoles }) => all(consoles),
  client: ({ clients }) => all(clients),
  virtualMachine: ({ virtualMachines }) => all(virtualMachines),
  virtualServerHost: ({ virtualServerHosts }) => all(virtualServerHosts),
  portalServer: ({ selfServicePortal }) => all(map(selfServicePortal, ({ webServer }) => one(webServer))),
  portalClient: ({ selfServicePortal }) => all(map(selfServicePortal, ({ clients }) => all(clients))),
  loadBalancer: ({ loadBalancers }) => all(loadBalancers),
  wsusServer: ({ wsusServers }) => all(wsusServers),
  xenServer: ({ xenServers }) => all(xenServers),
  vcenterServer: ({ vcenterServers }) => all(vcenterServers),
  esxHost: ({ esxHosts }) => all(map(esxHosts, (hosts) => hosts.map(({ name }) => name))),
  esx3Host: (vmm) => esxHosts(vmm, ["ESX 3.0", "ESX 3.5"]),
  esx3iHost: (vmm) => esxHosts(vmm, ["ESX 3i"]),
  p2vSource: ({ p2vSources }) => all(p2vSources),
  pxeServer: ({ pxeServers }) => all(pxeServers),
  windowsPeHost: ({ windowsPeHosts }) => all(windowsPeHosts),
  smashBmc: (vmm) => bmcs(vmm, "SMASH"),
  ipmiBmc: (vmm) => bmcs(vmm, "IPMI"),
  smisProvider: ({ smisProviders }) => all(smisProviders),
};

function one<T>(value: Value<T>): readonly Value<T>[] {
  return value.state === "absent" ? [] : [value];
}

function all<T>(values: Value<readonly Value<T>[]>): readonly Value<T>[] {
  if (values.state === "known") return values.value;
  return values.state === "absent" ? [] : [values];
}

/** Which row an ESX host needs depends on its version. */
function esxHosts(vmm: VmmServer, versions: readonly EsxVersion[]): readonly Value<string>[] {
  return matching(vmm.esxHosts, ({ version }) => map(version, (one) => versions.includes(one)));
}

function bmcs(vmm: VmmServer, wanted: "IPMI" | "SMASH"): readonly Value<string>[] {
  return matching(vmm.bmcs, ({ protocol }) => map(protocol, (one) => one === wanted));
}

function matching<T extends { readonly name: Value<string> }>(
  items: Value<readonly T[]>,
  matches: (item: T) => Value<boolean>,
): readonly Value<string>[] {
  return all(
    map(items, (list) =>
      list.flatMap((item): readonly Value<string>[] => {
        const answer = matches(item);
        if (answer.state !== "known") return [answer];
        return answer.value ? [item.name] : [];
      }),
    ),
  );
}
