export { readManifests } from "./read-manifests.ts";
export type {
  Container,
  DatabaseManifest,
  DeploymentManifest,
  JobManifest,
  Manifests,
  Probe,
  TopicManifest,
} from "./types.ts";
