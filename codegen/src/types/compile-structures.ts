// The one place that calls json-schema-to-typescript. It gets structure without strings and returns type expressions
// as a syntax tree, which `print-type.ts` writes out. ts-morph brings the compiler that reads them, whatever version
// of TypeScript is installed beside it.

import { compile } from 'json-schema-to-typescript'
import { ts } from 'ts-morph'
import type { ObjectStructure, StructureSchema } from './type-plan.ts'

/** Type expressions by token, over tokens. */
export type TypeExpressions = ReadonlyMap<string, ts.TypeNode>

/** Turns every structure into a type expression. */
export async function compileStructures(
  structures: ReadonlyMap<string, StructureSchema>,
): Promise<TypeExpressions> {
  const everything: ObjectStructure = {
    type: 'object',
    properties: Object.fromEntries(structures),
    required: [...structures.keys()],
    additionalProperties: false,
  }
  const text = await compile(everything, 'Everything', OPTIONS)
  const tree = ts.createSourceFile('everything.ts', text, ts.ScriptTarget.ES2022)
  const members = tree.statements
    .filter(ts.isInterfaceDeclaration)
    .flatMap((statement) => [...statement.members])
  return new Map(
    members.flatMap((member) =>
      ts.isPropertySignature(member) && ts.isIdentifier(member.name) && member.type !== undefined
        ? [[member.name.text, member.type] as const]
        : [],
    ),
  )
}

const OPTIONS = {
  bannerComment: '',
  // Prettier would take several times as long as everything else, and `print-type.ts` lays out the text.
  format: false,
  // The plan decides which arrays are tuples.
  maxItems: -1,
  // References are tokens by now; this says a second time that nothing may be opened.
  $refOptions: { resolve: { external: false } },
} as const
