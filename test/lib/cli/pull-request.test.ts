import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { commentOnce } from "../../../lib/cli/pull-request";
import { UserError } from "../../../lib/cli/user-error";
import { temporaryFolder } from "../../previews/program";

type Variables = Readonly<Record<string, string>>;

interface Stored {
  readonly id: number;
  text: string;
}

/** What each system's interface does, as its documentation has it, over comments that are kept in a list. */
interface System {
  readonly variables: (url: string) => Variables;
  readonly token: (request: IncomingMessage) => string | undefined;
  readonly list: string;
  readonly listed: (comments: readonly Stored[]) => unknown;
  readonly created: (body: Record<string, unknown>) => string;
  readonly updates: RegExp;
  readonly changed: (body: Record<string, unknown>) => string;
}

function event(): string {
  const file = join(temporaryFolder(), "event.json");
  writeFileSync(file, JSON.stringify({ pull_request: { number: 7 } }));
  return file;
}

const GITLAB: System = {
  variables: (url) => ({
    CI_MERGE_REQUEST_IID: "7",
    CI_API_V4_URL: `${url}/api/v4`,
    CI_PROJECT_ID: "3",
    GITLAB_TOKEN: "quokka",
  }),
  token: ({ headers }) => String(headers["private-token"]),
  list: "/api/v4/projects/3/merge_requests/7/notes",
  listed: (comments) => comments.map(({ id, text }) => ({ id, body: text })),
  created: ({ body }) => String(body),
  updates: /^PUT \/api\/v4\/projects\/3\/merge_requests\/7\/notes\/(\d+)$/,
  changed: ({ body }) => String(body),
};

const SYSTEMS: Readonly<Record<string, System>> = {
  "GitHub Actions": {
    variables: (url) => ({
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: url,
      GITHUB_REPOSITORY: "acme/estate",
      GITHUB_EVENT_PATH: event(),
      GITHUB_TOKEN: "quokka",
    }),
    token: ({ headers }) => headers.authorization?.replace("Bearer ", ""),
    list: "/repos/acme/estate/issues/7/comments",
    listed: (comments) => comments.map(({ id, text }) => ({ id, body: text })),
    created: ({ body }) => String(body),
    updates: /^PATCH \/repos\/acme\/estate\/issues\/comments\/(\d+)$/,
    changed: ({ body }) => String(body),
  },
  "Azure Pipelines": {
    variables: (url) => ({
      SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
      SYSTEM_COLLECTIONURI: `${url}/acme/`,
      SYSTEM_TEAMPROJECTID: "p",
      BUILD_REPOSITORY_ID: "r",
      SYSTEM_ACCESSTOKEN: "quokka",
    }),
    token: ({ headers }) => headers.authorization?.replace("Bearer ", ""),
    list: "/acme/p/_apis/git/repositories/r/pullRequests/7/threads",
    listed: (comments) => ({ value: comments.map(({ id, text }) => ({ id, comments: [{ id: 1, content: text }] })) }),
    created: ({ comments }) => String((comments as { content: string }[])[0]?.content),
    updates: /^PATCH \/acme\/p\/_apis\/git\/repositories\/r\/pullRequests\/7\/threads\/(\d+)\/comments\/1$/,
    changed: ({ content }) => String(content),
  },
  GitLab: GITLAB,
};

/** A server that plays a system, with comments of others before ours. */
async function serve(system: System, comments: Stored[]): Promise<{ readonly server: Server; readonly url: string }> {
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const [path = "", query = ""] = (request.url ?? "").split("?");
    assert.equal(system.token(request), "quokka");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as Record<string, unknown>;
    if (request.method === "GET" && path === system.list) {
      const page = Number(new URLSearchParams(query).get("page") ?? "1");
      const size = Number(new URLSearchParams(query).get("per_page") ?? "1000");
      return system.listed(comments.slice((page - 1) * size, page * size));
    }
    if (request.method === "POST" && path === system.list) {
      comments.push({ id: comments.length, text: system.created(body) });
      return {};
    }
    const [, id] = system.updates.exec(`${request.method ?? ""} ${path}`) ?? [];
    const comment = comments[Number(id)];
    assert.ok(id !== undefined && comment !== undefined, `${request.method ?? ""} ${path}`);
    comment.text = system.changed(body);
    return {};
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (value) => response.end(JSON.stringify(value)),
      () => response.writeHead(403).end("{}"),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

describe("the comment on a pull request", () => {
  for (const [name, system] of Object.entries(SYSTEMS)) {
    it(`is one, and is updated in place, on ${name}`, async () => {
      const comments = Array.from({ length: 150 }, (_, id): Stored => ({ id, text: `of somebody ${String(id)}` }));
      const { server, url } = await serve(system, comments);
      try {
        assert.equal(await commentOnce("first", system.variables(url)), "created");
        assert.equal(await commentOnce("second", system.variables(url)), "updated");
        assert.equal(comments.length, 151);
        assert.equal(comments[150]?.text, "<!-- hyperv-guard -->\nsecond");
        await commentOnce("a line\n".repeat(20_000), system.variables(url));
        assert.ok(comments[150].text.length < 65_536);
        assert.match(comments[150].text, /a line\n\nThe rest is in the report of the pipeline\.\n$/);
      } finally {
        server.close();
      }
    });

    it(`is refused in a line without the token, on ${name}`, async () => {
      const { server, url } = await serve(system, []);
      try {
        const variables = system.variables(url);
        const [token = ""] = Object.entries(variables).find(([, value]) => value === "quokka") ?? [];
        await assert.rejects(commentOnce("x", { ...variables, [token]: "wrong" }), (error) => {
          assert.ok(error instanceof UserError);
          assert.match(error.message, /^127\.0\.0\.1:\d+ refuses the comment: 403 Forbidden$/);
          return true;
        });
        await assert.rejects(commentOnce("x", { ...variables, [token]: "" }), {
          message: `comment: the variable ${token} is not set`,
        });
      } finally {
        server.close();
      }
    });
  }

  it("is not made where there is no pull request", async () => {
    assert.equal(await commentOnce("x", {}), undefined);
    const push = join(temporaryFolder(), "event.json");
    writeFileSync(push, "{}");
    assert.equal(await commentOnce("x", { GITHUB_ACTIONS: "true", GITHUB_EVENT_PATH: push }), undefined);
  });

  it("is refused in a line for variables that cannot be meant, without a token", async () => {
    const variables = GITLAB.variables("http://127.0.0.1:1");
    const cases: readonly (readonly [variables: Variables, error: RegExp])[] = [
      [
        { ...variables, GITLAB_TOKEN: "quokka\nx" },
        /^comment: the variable GITLAB_TOKEN has characters that it cannot/,
      ],
      [{ ...variables, GITLAB_TOKEN: "quokka\u2026" }, /^comment: the variable GITLAB_TOKEN has characters that it/],
      [{ ...variables, CI_API_V4_URL: "nowhere" }, /^comment: the variable CI_API_V4_URL is not an address$/],
      [{ GITHUB_ACTIONS: "true", GITHUB_EVENT_PATH: "/none" }, /^comment: \/none, of the .*: there is no such file/],
      [{ GITHUB_ACTIONS: "true", GITHUB_EVENT_PATH: __filename }, /^comment: .*GITHUB_EVENT_PATH, is not JSON$/],
    ];
    for (const [given, error] of cases) {
      await assert.rejects(commentOnce("x", given), (thrown) => {
        assert.ok(thrown instanceof UserError);
        assert.match(thrown.message, error);
        assert.ok(!thrown.message.includes("quokka"));
        return true;
      });
    }
  });

  it("is refused in a line where the system answers with its login page", async () => {
    const server = createServer((_, response) => response.writeHead(203).end("<html>"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      await assert.rejects(commentOnce("x", GITLAB.variables(url)), {
        message: /^127\.0\.0\.1:\d+ answers with something else than JSON: is the token right\?$/,
      });
    } finally {
      server.close();
    }
  });

  it("is refused in a line where the system cannot be reached", async () => {
    const { server, url } = await serve(GITLAB, []);
    server.close();
    await once(server, "close");
    await assert.rejects(commentOnce("x", GITLAB.variables(url)), /cannot be reached/);
  });
});
