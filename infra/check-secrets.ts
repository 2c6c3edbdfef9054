import type { Problem } from "../components/core/index.ts";
import type { EnvironmentName, EnvironmentPage } from "../stacks/index.ts";

type Pages = Readonly<Record<string, EnvironmentPage>>;

/** What a page says about secrets that another page contradicts: both ends of a copy must know of each other. */
export function secretsProblems(page: EnvironmentPage, pages: Pages): Problem[] {
  const { secrets } = page;
  if (secrets === "none") return [];
  return secrets.owner === page.name
    ? readerProblems(page, secrets.readBy, pages)
    : ownerProblems(page, secrets, pages);
}

function readerProblems(page: EnvironmentPage, readBy: readonly EnvironmentName[], pages: Pages): Problem[] {
  // Told as such already.
  if (page.recoveryRegion === page.region) return [];
  return readBy
    .filter((name) => name === page.name || pages[name]?.region !== page.recoveryRegion)
    .map((name) => ({
      argument: "secrets.readBy",
      given: `"${name}"`,
      allowed: `environments in ${page.recoveryRegion}, where the copies are`,
      fix: "leave it out; its own page reads where its region has them",
    }));
}

function ownerProblems(
  page: EnvironmentPage,
  { owner, readBy }: Exclude<EnvironmentPage["secrets"], "none">,
  pages: Pages,
): Problem[] {
  const problems: Problem[] = [];
  const makes = pages[owner]?.secrets ?? "none";
  const admits = makes !== "none" && makes.owner === owner && makes.readBy.includes(page.name);
  if (!admits || pages[owner]?.recoveryRegion !== page.region) {
    problems.push({
      argument: "secrets.owner",
      given: `"${owner}"`,
      allowed: `"${page.name}", or an environment that copies its secrets to ${page.region} and has ${page.name} in secrets.readBy`,
      fix: `add "${page.name}" to secrets.readBy in stacks/${owner}.ts, or make the secrets here`,
    });
  }
  if (readBy.length > 0) {
    problems.push({
      argument: "secrets.readBy",
      given: readBy.join(", "),
      allowed: "[] where the secrets are copies",
      fix: `name readers in stacks/${owner}.ts, which makes them`,
    });
  }
  return problems;
}

/** A password must not travel in the clear; the stack file alone knows where it goes. */
export function registryProblems(page: EnvironmentPage, url: string | undefined, source: string): Problem[] {
  if (page.secrets === "none" || url === undefined || url.startsWith("https://")) return [];
  return [
    {
      argument: `task-platform:schemaRegistryUrl (${source})`,
      given: url,
      allowed: `an https URL, since secrets is not "none" in stacks/${page.name}.ts`,
      fix: "give the registry a certificate: workers refuse to send its password in the clear",
    },
  ];
}
