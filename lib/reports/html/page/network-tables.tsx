import type { EstateView } from "../../../judging/estate-view";
import type { ClusterView } from "../../../judging/estate-view";
import { MoreButton, useShownPart } from "./shown-part";

const STEP = 20;
const ON_PAPER = 500;

/** The networks of each cluster, and what each will carry. */
export function NetworkTables({ view }: { readonly view: EstateView }) {
  const clusters = view.clusters.filter(({ networks }) => networks.length > 0);
  const part = useShownPart(STEP, ON_PAPER, "");
  return (
    <section id="networks" aria-labelledby="networks-heading" tabindex={-1}>
      <h2 id="networks-heading">Cluster networks</h2>
      {clusters.slice(0, part.shown).map((cluster) => (
        <NetworkTable cluster={cluster} key={cluster.urn} />
      ))}
      <MoreButton all={clusters.length} part={part} step={STEP} what="clusters" />
    </section>
  );
}

function NetworkTable({ cluster }: { readonly cluster: ClusterView }) {
  return (
    <div class="scroller" tabindex={0} role="region" aria-label={`Networks of ${cluster.name}`}>
      <table>
        <caption>{cluster.name}</caption>
        <thead>
          <tr>
            <th scope="col">Network</th>
            <th scope="col">Declared for</th>
            <th scope="col">Role</th>
            <th scope="col" class="number">
              Metric
            </th>
            <th scope="col" class="number">
              Speed
            </th>
            <th scope="col">Will carry</th>
          </tr>
        </thead>
        <tbody>
          {cluster.networks.map(({ name, purpose, role, metric, speedMbps, carries }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{purpose ?? "not known"}</td>
              <td>{role ?? "not known"}</td>
              <td class="number">{metric?.toLocaleString("en-US") ?? "–"}</td>
              <td class="number">{speedMbps === undefined ? "–" : speed(speedMbps)}</td>
              <td>{carries === undefined ? "not known" : carries.join(", ") || "nothing of the cluster"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function speed(megabits: number): string {
  return megabits % 1000 === 0 ? `${String(megabits / 1000)} Gbps` : `${String(megabits)} Mbps`;
}
