import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import type { Context } from "../../context.ts";
import { changeRoutes } from "./change.ts";
import { createRoute } from "./create.ts";
import { healthRoute } from "./health.ts";
import { readRoutes } from "./read.ts";

export { healthRoute };

/** All routes of tasks. */
export function taskRoutes(context: Context): FastifyPluginCallbackTypebox {
  return (app, _options, done) => {
    createRoute(app, context);
    readRoutes(app, context);
    changeRoutes(app, context);
    done();
  };
}
