import { readFileSync } from "node:fs";
import { isRecord } from "../text/collections";
import { reasonOf } from "./files";
import { NotJudgedError, UserError } from "./user-error";

type Variables = Readonly<Record<string, string | undefined>>;

/** A comment that is there. */
interface Comment {
  readonly text: string;
  /** What changes it. */
  readonly update: Call;
}

interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "PUT";
  readonly url: string;
}

/** The comments of one pull request, as its system's interface has them. */
interface PullRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** The address of a page of comments; undefined where there are no more pages. */
  readonly page: (number: number) => string | undefined;
  readonly commentsIn: (answer: unknown) => readonly Comment[];
  readonly create: Call;
  readonly newBody: (text: string) => object;
  readonly changedBody: (text: string) => object;
}

/** By this our comment is known again. Readers do not see it. */
const MARK = "<!-- hyperv-guard -->";

/** The most characters of a comment: GitHub takes 65,536, the others more. */
const LONGEST = 60_000;

const PAGE = 100;

/**
 * Puts a text on the pull request of the pipeline that this runs in, in the place of the former one.
 * @returns what was done; undefined outside of a pull request
 * @throws UserError where the token is missing
 * @throws NotJudgedError where the system does not take the comment
 */
export async function commentOnce(text: string, variables: Variables): Promise<"created" | "updated" | undefined> {
  const request = pullRequestIn(variables);
  if (request === undefined) return undefined;
  const body = `${MARK}\n${cut(text)}`;
  const former = await formerComment(request);
  if (former === undefined) await send(request, request.create, request.newBody(body));
  else await send(request, former.update, request.changedBody(body));
  return former === undefined ? "created" : "updated";
}

async function formerComment(request: PullRequest): Promise<Comment | undefined> {
  for (let number = 1; ; number++) {
    const url = request.page(number);
    if (url === undefined) return undefined;
    const comments = request.commentsIn(await send(request, { method: "GET", url }));
    const own = comments.find(({ text }) => text.startsWith(MARK));
    if (own !== undefined || comments.length < PAGE) return own;
  }
}

async function send({ headers }: PullRequest, { method, url }: Call, body?: object): Promise<unknown> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  let answer: Response;
  try {
    answer = await fetch(url, { method, headers: { ...headers, "content-type": "application/json" }, ...content });
  } catch (error) {
    throw new NotJudgedError(`${new URL(url).host} cannot be reached: ${reasonOf(error)}`);
  }
  if (!answer.ok)
    throw new NotJudgedError(`${new URL(url).host} refuses the comment: ${String(answer.status)} ${answer.statusText}`);
  return answer.json().catch(() => {
    // Azure DevOps answers a token that it does not know with its login page.
    throw new NotJudgedError(`${new URL(url).host} answers with something else than JSON: is the token right?`);
  });
}

function pullRequestIn(variables: Variables): PullRequest | undefined {
  if (variables["GITHUB_ACTIONS"] === "true") return onGitHub(variables);
  if (variables["SYSTEM_PULLREQUEST_PULLREQUESTID"] !== undefined) return onAzureDevOps(variables);
  return variables["CI_MERGE_REQUEST_IID"] === undefined ? undefined : onGitLab(variables);
}

function onGitHub(variables: Variables): PullRequest | undefined {
  const number = numberInEvent(variables["GITHUB_EVENT_PATH"]);
  if (number === undefined) return undefined;
  const repository = `${neededAddress(variables, "GITHUB_API_URL")}/repos/${needed(variables, "GITHUB_REPOSITORY")}/issues`;
  const comments = `${repository}/${String(number)}/comments`;
  return {
    headers: { authorization: `Bearer ${needed(variables, "GITHUB_TOKEN")}`, accept: "application/vnd.github+json" },
    page: (page) => `${comments}?per_page=${String(PAGE)}&page=${String(page)}`,
    commentsIn: (answer) => listed(answer, "body", (id) => ({ method: "PATCH", url: `${repository}/comments/${id}` })),
    create: { method: "POST", url: comments },
    newBody: (body) => ({ body }),
    changedBody: (body) => ({ body }),
  };
}

/** The number of the pull request of a run; undefined where it runs for something else. */
function numberInEvent(file: string | undefined): number | undefined {
  if (file === undefined) return undefined;
  const event = eventIn(file);
  const request = isRecord(event) ? event["pull_request"] : undefined;
  const number = isRecord(request) ? request["number"] : undefined;
  return typeof number === "number" ? number : undefined;
}

/** @throws UserError for a file that is no event of GitHub */
function eventIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const problem = error instanceof SyntaxError ? "is not JSON" : `cannot be read: ${reasonOf(error)}`;
    throw new UserError(`comment: ${file}, of the variable GITHUB_EVENT_PATH, ${problem}`);
  }
}

function onAzureDevOps(variables: Variables): PullRequest {
  const project = `${neededAddress(variables, "SYSTEM_COLLECTIONURI")}/${needed(variables, "SYSTEM_TEAMPROJECTID")}`;
  const request = `${needed(variables, "BUILD_REPOSITORY_ID")}/pullRequests/${needed(variables, "SYSTEM_PULLREQUEST_PULLREQUESTID")}`;
  const threads = `${project}/_apis/git/repositories/${request}/threads`;
  const version = "?api-version=7.1";
  return {
    headers: { authorization: `Bearer ${needed(variables, "SYSTEM_ACCESSTOKEN")}` },
    // All threads come at once.
    page: (page) => (page === 1 ? `${threads}${version}` : undefined),
    commentsIn: (answer) =>
      itemsOf(isRecord(answer) ? answer["value"] : undefined).flatMap((thread) =>
        listed(itemsOf(thread["comments"]).slice(0, 1), "content", (id) => ({
          method: "PATCH",
          url: `${threads}/${String(thread["id"])}/comments/${id}${version}`,
        })),
      ),
    create: { method: "POST", url: `${threads}${version}` },
    // A closed thread keeps nobody from completing the pull request.
    newBody: (content) => ({ comments: [{ parentCommentId: 0, content, commentType: 1 }], status: "closed" }),
    changedBody: (content) => ({ content }),
  };
}

function onGitLab(variables: Variables): PullRequest {
  const project = `${neededAddress(variables, "CI_API_V4_URL")}/projects/${needed(variables, "CI_PROJECT_ID")}`;
  const notes = `${project}/merge_requests/${needed(variables, "CI_MERGE_REQUEST_IID")}/notes`;
  return {
    headers: { "private-token": needed(variables, "GITLAB_TOKEN") },
    page: (page) => `${notes}?per_page=${String(PAGE)}&page=${String(page)}`,
    commentsIn: (answer) => listed(answer, "body", (id) => ({ method: "PUT", url: `${notes}/${id}` })),
    create: { method: "POST", url: notes },
    newBody: (body) => ({ body }),
    changedBody: (body) => ({ body }),
  };
}

function listed(answer: unknown, key: string, update: (id: string) => Call): readonly Comment[] {
  return itemsOf(answer).map((item) => {
    const text = item[key];
    return { text: typeof text === "string" ? text : "", update: update(String(item["id"])) };
  });
}

function itemsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function neededAddress(variables: Variables, name: string): string {
  const value = needed(variables, name);
  if (!URL.canParse(value)) throw new UserError(`comment: the variable ${name} is not an address`);
  return value.replace(/\/$/, "");
}

function needed(variables: Variables, name: string): string {
  const value = variables[name];
  if (value === undefined || value === "") throw new UserError(`comment: the variable ${name} is not set`);
  // Whatever else stands in a token is quoted by what refuses to send it.
  if (!/^[!-~]+$/.test(value.trim()))
    throw new UserError(`comment: the variable ${name} has characters that it cannot have`);
  return value.trim();
}

/** A text that a comment can hold, cut at the end of a line. */
function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, text.lastIndexOf("\n", LONGEST))}\n\nThe rest is in the report of the pipeline.\n`;
}
