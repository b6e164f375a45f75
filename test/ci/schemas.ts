// What each system allows in the files that this repository has for it: the keys that are used, where they are allowed,
// and no other. Written after the documentation of the formats.

const TEXT = { type: "string", minLength: 1 };
const TEXTS = { type: "object", additionalProperties: { type: "string" } };
const PLAIN = { type: ["string", "number", "boolean"] };

function object(properties: object, required: readonly string[] = []) {
  return { type: "object", additionalProperties: false, properties, required };
}

function mapOf(values: object) {
  return { type: "object", minProperties: 1, additionalProperties: values };
}

function listOf(items: object) {
  return { type: "array", minItems: 1, items };
}

const STEP = { id: TEXT, name: TEXT, if: TEXT, env: TEXTS, "continue-on-error": { type: "boolean" } };

/** A step that uses an action, or that runs commands; `shell` is needed where no runner has a default for it. */
function githubStep(shell: readonly string[]) {
  return {
    if: { type: "object", required: ["uses"] },
    then: object(
      { ...STEP, uses: { type: "string", pattern: "^[\\w-]+/[\\w./-]+@[0-9a-f]{40}$" }, with: mapOf(PLAIN) },
      ["uses"],
    ),
    else: object({ ...STEP, run: TEXT, shell: { enum: ["bash", "pwsh"] }, "working-directory": TEXT }, [
      "run",
      ...shell,
    ]),
  };
}

const ACCESS = { enum: ["read", "write", "none"] };
const PERMISSIONS = object({
  contents: ACCESS,
  "id-token": ACCESS,
  "pull-requests": ACCESS,
  "security-events": ACCESS,
});

const WORKFLOW_INPUT = object(
  { description: TEXT, type: { enum: ["string", "boolean", "number"] }, required: { type: "boolean" }, default: PLAIN },
  ["description", "type"],
);

const WORKFLOW_CALL = object({
  inputs: mapOf(WORKFLOW_INPUT),
  secrets: mapOf(object({ description: TEXT, required: { type: "boolean" } }, ["description", "required"])),
});

/** .github/workflows: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
export const GITHUB_WORKFLOW = object(
  {
    name: TEXT,
    on: object({
      push: object({ branches: listOf(TEXT), tags: listOf(TEXT) }),
      pull_request: { type: "null" },
      workflow_call: WORKFLOW_CALL,
    }),
    permissions: PERMISSIONS,
    jobs: mapOf(
      object(
        {
          name: TEXT,
          "runs-on": TEXT,
          needs: TEXT,
          environment: TEXT,
          permissions: PERMISSIONS,
          env: mapOf({ type: "string" }),
          "timeout-minutes": { type: "integer", minimum: 1 },
          strategy: object({ "fail-fast": { type: "boolean" }, matrix: mapOf(listOf(PLAIN)) }, ["matrix"]),
          steps: listOf(githubStep([])),
        },
        ["runs-on", "steps"],
      ),
    ),
  },
  ["on", "jobs"],
);

/** action.yml: https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax */
export const GITHUB_ACTION = object(
  {
    name: TEXT,
    description: { ...TEXT, maxLength: 125 },
    inputs: mapOf(
      object({ description: TEXT, required: { type: "boolean" }, default: { type: "string" } }, ["description"]),
    ),
    runs: object({ using: { const: "composite" }, steps: listOf(githubStep(["shell"])) }, ["using", "steps"]),
  },
  ["name", "description", "runs"],
);

/** https://docs.github.com/code-security/dependabot/working-with-dependabot/dependabot-options-reference */
export const DEPENDABOT = object(
  {
    version: { const: 2 },
    updates: listOf({
      ...object(
        {
          "package-ecosystem": { enum: ["npm", "github-actions", "gomod"] },
          directory: { type: "string", pattern: "^/" },
          directories: listOf({ type: "string", pattern: "^/" }),
          schedule: object({ interval: { enum: ["daily", "weekly", "monthly"] } }, ["interval"]),
        },
        ["package-ecosystem", "schedule"],
      ),
      oneOf: [{ required: ["directory"] }, { required: ["directories"] }],
    }),
  },
  ["version", "updates"],
);

const AZURE_STEP = { displayName: TEXT, condition: TEXT, env: TEXTS };

/** A template of steps: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema */
export const AZURE_STEPS = object(
  {
    parameters: listOf(
      object(
        {
          name: { type: "string", pattern: "^\\w+$" },
          type: { enum: ["string", "boolean", "number"] },
          default: PLAIN,
        },
        ["name", "type"],
      ),
    ),
    steps: listOf({
      if: { type: "object", required: ["task"] },
      then: object({ ...AZURE_STEP, task: { type: "string", pattern: "^\\w+@\\d+$" }, inputs: mapOf(PLAIN) }, ["task"]),
      else: object({ ...AZURE_STEP, bash: TEXT, workingDirectory: TEXT }, ["bash"]),
    }),
  },
  ["steps"],
);

/** https://docs.gitlab.com/ci/yaml/ */
export const GITLAB_CI = mapOf(
  object(
    {
      stage: { enum: [".pre", "build", "test", "deploy", ".post"] },
      image: { type: "string", pattern: "^[\\w./-]+:[\\w.-]+@(sha256:[0-9a-f]{64}|\\$\\w+)$" },
      variables: mapOf({ type: "string" }),
      rules: listOf(object({ if: TEXT, when: { enum: ["on_success", "manual", "always", "never"] } })),
      before_script: listOf(TEXT),
      script: listOf(TEXT),
      after_script: listOf(TEXT),
      artifacts: object(
        {
          when: { enum: ["on_success", "on_failure", "always"] },
          expose_as: { type: "string", pattern: "^[a-zA-Z0-9 _-]+$" },
          paths: listOf(TEXT),
          reports: object({ codequality: TEXT, junit: TEXT }),
          expire_in: TEXT,
        },
        ["paths"],
      ),
    },
    ["script"],
  ),
);
