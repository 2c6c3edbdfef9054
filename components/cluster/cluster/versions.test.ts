import { expect, test } from "vitest";
import { addonNames } from "../eks-addons/index.ts";
import { kubernetesVersions } from "./versions.ts";

test("every minor has its node image and one exact version of each add-on", () => {
  for (const [minor, version] of Object.entries(kubernetesVersions)) {
    expect(Object.keys(version.addons).toSorted()).toEqual([...addonNames].toSorted());
    expect(version.nodeRelease).toMatch(new RegExp(`^${minor.replace(".", "\\.")}\\.\\d+-\\d{8}$`));
    expect(version.addons["kube-proxy"]).toMatch(new RegExp(`^v${minor.replace(".", "\\.")}\\.`));
    for (const build of Object.values(version.addons)) expect(build).toMatch(/^v[\d.]+-eksbuild\.\d+$/);
  }
});
