/** Facts of the REST API that the load balancer, the DNS health check and the API share. */
export const restApi = {
  /** Answers 2xx without a token: the health check of Route 53 sends none. */
  healthPath: "/v1/health",
  /** Collection whose bodies hold what people write. */
  tasksPath: "/v1/tasks",
  /** Page that documents the API, where an environment serves it. */
  docsPath: "/docs",
  /** The OpenAPI document, where an environment serves it. */
  documentPath: "/openapi.json",
  /**
   * How long the API keeps an idle connection open. Longer than the 60 s of the load balancer: if the API closed
   * first, the load balancer could send a request into the closed connection.
   */
  keepAliveSeconds: 65,
  /** How long a repeated request with its idempotency key gets the answer of the first one. docs/requirements.md, consistency and failure. */
  keyLifetimeHours: 24,
  /** 256 KiB; a task is at most 20 KiB as JSON. The API stops reading a body at this size. */
  mostBodyBytes: 262_144,
  /** Requests per minute that one subject may send. docs/requirements.md, APIs. */
  requestsPerMinute: 100,
} as const;
