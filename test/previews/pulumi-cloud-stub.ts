import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One policy as the engine describes it to the service. */
export interface PublishedPolicy {
  readonly name: string;
  readonly description: string;
  readonly enforcementLevel: string;
  readonly configSchema?: { readonly type: string; readonly properties: object };
}

/** What the engine tells the service of a pack. */
export interface PublishedPack {
  readonly name: string;
  readonly displayName: string;
  readonly versionTag: string;
  readonly description: string;
  readonly runtime: string;
  readonly policies: readonly PublishedPolicy[];
}

/**
 * A stand-in for the policy part of Pulumi Cloud's API, on the loopback interface: it keeps what is published and gives
 * the schemas back, as the service does. It checks nothing.
 */
export class PulumiCloudStub {
  /** `METHOD path` of each request on policies, in order. */
  readonly requests: string[] = [];
  pack: PublishedPack | undefined;
  /** What was uploaded. */
  tarball: Buffer | undefined;
  /** Whether the engine has said that the upload is complete. */
  complete = false;
  /** What was last asked of a policy group. */
  group: unknown;

  private readonly server = createServer((request, response) => {
    void this.handle(request, response);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = this.answer(request.method ?? "", request.url ?? "", Buffer.concat(chunks));
    response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { code: 404, message: "not found" }));
  }

  private answer(method: string, url: string, body: Buffer): object | undefined {
    const request = `${method} ${url.split("?")[0] ?? ""}`;
    if (request === "GET /api/user")
      return { githubLogin: "acme", name: "Acme", organizations: [{ githubLogin: "acme" }] };
    if (request === "GET /api/user/organizations/default") return { GitHubLogin: "acme" };
    if (request === "GET /api/capabilities") return { capabilities: [] };
    this.requests.push(request);
    const version = `/api/orgs/acme/policypacks/${this.pack?.name ?? ""}/versions/${this.pack?.versionTag ?? ""}`;
    switch (request) {
      case "POST /api/orgs/acme/policypacks":
        this.pack = JSON.parse(body.toString()) as PublishedPack;
        return { version: 1, uploadURI: `${this.url}/upload` };
      case "PUT /upload":
        this.tarball = body;
        return {};
      case `POST ${version}/complete`:
        this.complete = true;
        return {};
      case `GET ${version}/schema`:
        return { configSchema: this.schemas() };
      case "PATCH /api/orgs/acme/policygroups/default-policy-group":
        this.group = JSON.parse(body.toString());
        return {};
      default:
        return undefined;
    }
  }

  private schemas(): object {
    const policies = this.pack?.policies ?? [];
    return Object.fromEntries(
      policies.flatMap(({ name, configSchema }) => (configSchema === undefined ? [] : [[name, configSchema]])),
    );
  }
}
