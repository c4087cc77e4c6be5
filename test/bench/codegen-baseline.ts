// json-schema-to-typescript by itself, over the schemas of the event types in a folder.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile } from 'json-schema-to-typescript'

const folder = process.argv[2] ?? ''
mkdirSync(join(folder, 'baseline'))
for (const file of readdirSync(join(folder, 'schemas'))) {
  const { name, schema } = JSON.parse(readFileSync(join(folder, 'schemas', file), 'utf8'))
  const text = await compile(schema.schema, name, { format: false })
  writeFileSync(join(folder, 'baseline', `${name}.ts`), text)
}
