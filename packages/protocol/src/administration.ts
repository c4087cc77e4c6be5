// administration.ts - what few people write daily: these names stand for the document's own types.

import type { OpenApiComponents, OpenApiOperations } from './openapi.ts'

type Schemas = OpenApiComponents['schemas']

/** One page of the schemas of an event type, the newest first. */
export type EventTypeSchemaList = Schemas['EventTypeSchemaList']

/** Whether a schema could follow another one, and if not, why. */
export type CompatibilityCheck = Schemas['CompatibilityCheck']

/** A part of an event type's history that lies in one storage. */
export type Timeline = Schemas['Timeline']

/** A cluster that holds events. */
export type Storage = Schemas['Storage']

/** A storage as a client sends it. */
export type NewStorage = Schemas['NewStorage']

/** Who may not consume and who may not publish. */
export type Blacklist = Schemas['Blacklist']

/** Whom an entry of the blacklist blocks: an event type or an application, as consumer or producer. */
export type BlacklistType = OpenApiOperations['addToBlacklist']['parameters']['path']['blacklist_type']

/** A switch of the broker. */
export type Feature = Schemas['Feature']

/** One version of a binary format. */
export type AvroSchema = Schemas['AvroSchema']

/** Which source a node was built from. */
export type Version = Schemas['Version']

/** The measurements of a node, by kind. */
export type Metrics = Schemas['Metrics']
