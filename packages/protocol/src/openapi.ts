import type { components, operations, paths } from './openapi.generated.ts'

/** What `openapi.yaml` names: schemas, parameters, headers, bodies and responses. */
export type OpenApiComponents = components

/** Parameters, body and responses of each operation of `openapi.yaml`, by its id. */
export type OpenApiOperations = operations

/** The operations of each path of `openapi.yaml`, by their methods. */
export type OpenApiPaths = paths
