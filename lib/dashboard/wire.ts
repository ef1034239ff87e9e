/**
 * The route modules of the dashboard's JSON by path, with dynamic segments named as their folders: `[robotId]`.
 * `app/api/dashboard/routes.d.ts` declares the members, because lib and components never import app.
 */
export interface DashboardRoutes {}

type Method = 'GET' | ChangeMethod
export type ChangeMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The paths with a handler for the method. */
export type PathOf<M extends Method> = {
  [Path in keyof DashboardRoutes]: M extends keyof DashboardRoutes[Path] ? Path : never
}[keyof DashboardRoutes]

/** The input and output types of a handler, inferred from its schemas and its return type. */
export type Wire<Query = unknown, Body = unknown, Output = unknown> = {
  query: Query
  body: Body
  output: AsJson<Output>
}

type WireOf<M extends Method, Path extends PathOf<M>> =
  DashboardRoutes[Path] extends Record<M, { wire?: infer W extends Wire }> ? W : never

/** The JSON that the handler returns. */
export type OutputOf<M extends Method, Path extends PathOf<M>> = WireOf<M, Path>['output']

/** The query parameters of a path, as strings: the server parses and validates the values. */
export type QueryOf<Path extends PathOf<'GET'>> = AsText<WireOf<'GET', Path>['query']>

/** The name of a query parameter of a path. */
export type FilterOf<Path extends PathOf<'GET'>> = keyof QueryOf<Path>

/** The body of a request, before the schema of the handler parses it. */
export type BodyOf<M extends Method, Path extends PathOf<M>> = WireOf<M, Path>['body']

/** The path parameters, the query parameters and the body, each only if the handler has it. */
type RequestOf<M extends Method, Path extends PathOf<M>, Body> = Part<'ids', IdsOf<Path>> &
  Part<'query', AsText<WireOf<M, Path>['query']>> &
  Part<'body', Exact<Body, BodyOf<M, Path>>>

/** The arguments after the path; none for a handler without input. */
export type RequestArguments<M extends Method, Path extends PathOf<M>, Body = undefined> =
  unknown extends RequestOf<M, Path, Body> ? [] : [request: RequestOf<M, Path, Body>]

type Part<Name extends string, Value> = [Value] extends [undefined] ? unknown : { [N in Name]: Value }

/** Rejects fields that no variant of the declared type has; a schema with only optional fields would accept them. */
type Exact<Given, Declared> = Given & { [Name in Exclude<keyof Given, KeyOf<Declared>>]: never }
type KeyOf<Union> = Union extends unknown ? keyof Union : never

type IdsOf<Path> = [IdIn<Path>] extends [never] ? undefined : Record<IdIn<Path>, string>
type IdIn<Path> = Path extends `${string}[${infer Id}]${infer Rest}` ? Id | IdIn<Rest> : never

type AsText<Query> = Query extends undefined ? undefined : { [Name in keyof Query]: string }

/** The type after JSON serialization: a `Date` becomes an ISO 8601 string. */
type AsJson<Value> = Value extends Date
  ? string
  : Value extends object
    ? { [Name in keyof Value]: AsJson<Value[Name]> }
    : Value
