import type { Model } from "../../src/model/model.ts";
import { commentAbove, commentBeside, yaml } from "../../src/output/yaml.ts";
import { checkout, installTopogen, runner } from "./actions.ts";

/**
 * On a pull request: topology.yaml is valid, the committed tree is what it generates, and a comment says who must act on
 * it. Nothing is written to the tree.
 */
export function topologyWorkflow({ git }: Model): string {
  return yaml({
    name: "topology",
    on: { pull_request: { branches: [git.branch] } },
    permissions: {},
    concurrency: { group: "topology-${{ github.ref }}", "cancel-in-progress": true },
    jobs: { check: checkJob(), comment: commentJob() },
  });
}

/** Runs what the pull request holds, so it may only read. What is checked out is a merge: its first parent is the branch. */
function checkJob() {
  return {
    name: "Check",
    "runs-on": runner,
    "timeout-minutes": 10,
    permissions: { contents: "read" },
    outputs: { plan: "${{ steps.plan.outputs.plan }}" },
    steps: [
      checkout({ "fetch-depth": 2 }),
      ...installTopogen,
      { name: "The topology is valid", run: "npm run validate" },
      { name: "The committed tree is what it generates", run: "npm run check" },
      { name: "Say who must act", id: "plan", run: writePlan },
    ],
  };
}

/** Of the plan, as much as a comment and an environment variable can hold; without the annotations for the log. */
const writePlan = `env -u GITHUB_ACTIONS npm run --silent plan -- --markdown --from HEAD^1 > "$RUNNER_TEMP/plan.md"
cat "$RUNNER_TEMP/plan.md" >> "$GITHUB_STEP_SUMMARY"
end=$(openssl rand -hex 16)
{
  echo "plan<<$end"
  head -c 60000 "$RUNNER_TEMP/plan.md"
  echo
  echo "$end"
} >> "$GITHUB_OUTPUT"
`;

/** Has the right to comment, and so runs nothing that the pull request holds. */
function commentJob() {
  const fromHere = "github.event.pull_request.head.repo.full_name == github.repository";
  return {
    name: "Comment",
    needs: "check",
    if: commentAbove(
      "A pull request from a fork gets no right to comment; its plan stands in the summary of the run.",
      `!cancelled() && needs.check.outputs.plan != '' && ${fromHere}`,
    ),
    "runs-on": runner,
    "timeout-minutes": 5,
    permissions: { "pull-requests": commentBeside("to comment on the pull request", "write") },
    steps: [
      {
        name: "Write the comment, or bring it up to date",
        run: writeComment,
        env: {
          COMMENTS: "repos/${{ github.repository }}/issues/${{ github.event.pull_request.number }}/comments",
          COMMENT: "repos/${{ github.repository }}/issues/comments",
          GH_TOKEN: "${{ github.token }}",
          PLAN: "${{ needs.check.outputs.plan }}",
        },
      },
    ],
  };
}

/** Knows its own comment by the first line, which a reader does not see. */
const writeComment = `mark='<!-- topogen plan -->'
mine='.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- topogen plan -->"))) | .id'
ids=$(gh api --paginate "$COMMENTS" --jq "$mine")
if [ -n "$ids" ]; then
  gh api --silent --method PATCH "$COMMENT/\${ids%%$'\\n'*}" --raw-field "body=$mark
$PLAN"
else
  gh api --silent --method POST "$COMMENTS" --raw-field "body=$mark
$PLAN"
fi
`;
