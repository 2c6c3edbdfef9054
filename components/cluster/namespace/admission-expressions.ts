/** A condition in CEL, and the message of a refused request. */
export interface Validation {
  readonly expression: string;
  readonly message: string;
}

/**
 * Kinds of volumes that hold no image. An `image` volume mounts any image, and a `csi` driver may do so too. `projected` is how
 * Pod Identity and the API server give tokens to a pod.
 */
const volumeKinds = ["configMap", "downwardAPI", "emptyDir", "projected", "secret"];

/**
 * When a request is judged: a new pod, and one whose spec changes. Labels, annotations and finalizers of a pod that is there
 * can always change. Otherwise a pod from before the policy could not be annotated, and the pod of a finished Job would never
 * lose its finalizer.
 */
export const changesSpec = 'request.operation == "CREATE" || object.spec != oldObject.spec';

/** What every pod must satisfy: images of known hosts, named by digest, no other way for an image, and no container as root. */
export function validations(imageHosts: readonly string[]): Validation[] {
  const allowed = imageHosts.map((host) => `"${host}/"`).join(", ");
  return [
    {
      expression: everyContainer(`[${allowed}].exists(host, c.image.startsWith(host))`),
      message: `images come from ${imageHosts.join(" or ")}`,
    },
    {
      expression: everyContainer('c.image.matches("@sha256:[0-9a-f]{64}$")'),
      message: "images are named by digest: a tag may be another image tomorrow",
    },
    {
      expression: `!has(object.spec.volumes) || object.spec.volumes.all(v, ${volumeKinds.map((kind) => `has(v.${kind})`).join(" || ")})`,
      message: `volumes are of the kinds ${volumeKinds.join(", ")}: other kinds can hold an image`,
    },
    {
      expression: `${isTrue("object.spec", "runAsNonRoot")} && ${everyContainer(`!(${has("c", "runAsNonRoot")}) || c.securityContext.runAsNonRoot`)}`,
      message: "pods set securityContext.runAsNonRoot, and no container takes it back",
    },
  ];
}

/** A condition on `c` for the containers of every kind. Only the first kind is present in every pod. */
function everyContainer(condition: string): string {
  return ["containers", "initContainers", "ephemeralContainers"]
    .map((kind) => `(!has(object.spec.${kind}) || object.spec.${kind}.all(c, ${condition}))`)
    .join(" && ");
}

function has(of: string, key: string): string {
  return `has(${of}.securityContext) && has(${of}.securityContext.${key})`;
}

function isTrue(of: string, key: string): string {
  return `${has(of, key)} && ${of}.securityContext.${key}`;
}
