export {
  type Finding,
  findCheckov,
  judgeScan,
  readReport,
  scan,
} from "./checkov.ts";
export { kubernetesFiles, type ManifestFile } from "./kubernetes.ts";
export { render, writeRendering } from "./render.ts";
export {
  findTerraform,
  type KindSchemas,
  planFromEmpty,
  providerSchemas,
  terraformConfiguration,
} from "./terraform/index.ts";
