import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publicEntries } from './public-entries.ts'
import { readManifest, readPackages, root } from './sources.ts'

const packages = readPackages()
const manifests = [readManifest('.'), ...packages.map(({ manifest }) => manifest)]

describe('a package', () => {
  it.each(manifests)('$name pins every dependency to an exact version', (manifest) => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^(npm:.+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    )
    expect(loose).toEqual([])
  })

  it.each(manifests)('$name runs nothing when it is installed', ({ scripts }) => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare']
    expect(Object.keys(scripts ?? {}).filter((name) => hooks.includes(name))).toEqual([])
  })

  it.each(packages)('$name carries the licence, which copies must contain', ({ path }) => {
    expect(readFileSync(join(root, path, 'LICENSE'), 'utf8')).toBe(
      readFileSync(join(root, 'LICENSE'), 'utf8'),
    )
  })

  // What imports an optional peer has an entry of its own, or everybody would have to install the peer.
  it.each(packages)(
    '$name has at most two entries beside its main one and those of peers',
    ({ manifest }) => {
      const entries = Object.values(manifest.exports ?? {}).filter((target) => typeof target !== 'string')
      const peers = Object.values(manifest.peerDependenciesMeta ?? {}).filter(
        ({ optional }) => optional === true,
      )
      expect(entries.length).toBeLessThanOrEqual(3 + Math.max(0, peers.length - 1))
    },
  )

  it.each(publicEntries)('$specifier can be required by CommonJS', ({ specifier }) => {
    expect(Object.keys(createRequire(import.meta.url)(specifier)).length).toBeGreaterThan(0)
  })
})

describe('the lock file', () => {
  it('names no registry host', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "https?:/)
  })
})
