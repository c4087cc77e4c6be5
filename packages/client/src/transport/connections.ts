import type { Dispatcher } from 'undici'
import { invalidArgument } from '../error.ts'

/** Certificates and keys in PEM. Several authorities may stand in one text. */
export interface TlsOptions {
  /** The authorities that the broker's certificate may come from, in place of those that Node trusts. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[]
  /** The certificate that this client shows (mutual TLS), with `key`. */
  readonly cert?: string | Uint8Array
  /** The private key of `cert`. */
  readonly key?: string | Uint8Array
  /** Opens an encrypted `key`. */
  readonly passphrase?: string
  /** The name that the broker's certificate must bear. @default the host of `baseUrl` */
  readonly servername?: string
}

/** Which proxy requests go through. A user and password may stand in the URL; they are shown nowhere. */
export type ProxyChoice = 'environment' | { readonly url: string }

/** What decides about connections. */
interface ConnectionOptions {
  readonly dispatcher: Dispatcher | undefined
  readonly tls: TlsOptions | undefined
  readonly proxy: ProxyChoice | undefined
}

/** The part of undici that connects. It is handed in because it is loaded late. */
type Undici = Pick<
  typeof import('undici'),
  'Agent' | 'EnvHttpProxyAgent' | 'ProxyAgent' | 'getGlobalDispatcher'
>

/** Where connections come from. */
export interface Connections {
  /** Who decides about them: undici's global dispatcher, the options `tls` and `proxy`, or a dispatcher of the caller's. */
  readonly origin: 'global' | 'options' | 'dispatcher'
  /** The dispatcher for the next request. */
  dispatcher(undici: Undici): Dispatcher
}

/**
 * Connections as the options say. Without any it is undici's global dispatcher, which applications and test tools
 * set, so it is looked up for every request. One that is made here keeps idle connections for a few seconds, and none of
 * them keeps the process alive.
 *
 * @throws NakadiError `invalid-argument` if the options contradict each other.
 */
export function chosenConnections({ dispatcher, tls, proxy }: ConnectionOptions): Connections {
  if (dispatcher !== undefined) {
    if (tls !== undefined || proxy !== undefined)
      throw invalidArgument('dispatcher stands in place of tls and proxy; give those to it instead')
    return { origin: 'dispatcher', dispatcher: () => dispatcher }
  }
  if (tls === undefined && proxy === undefined)
    return { origin: 'global', dispatcher: (undici) => undici.getGlobalDispatcher() }
  if (tls !== undefined) checkTls(tls)
  if (typeof proxy === 'object') checkProxy(proxy.url)
  let made: Dispatcher | undefined
  return {
    origin: 'options',
    dispatcher(undici) {
      made ??= makeDispatcher(undici, tls, proxy)
      return made
    },
  }
}

function makeDispatcher(
  undici: Undici,
  tls: TlsOptions | undefined,
  proxy: ProxyChoice | undefined,
): Dispatcher {
  const connect = tls === undefined ? {} : tlsOfNode(tls)
  if (proxy === undefined) return new undici.Agent({ connect })
  if (proxy === 'environment') return new undici.EnvHttpProxyAgent({ connect, requestTls: connect })
  return new undici.ProxyAgent({ uri: proxy.url, requestTls: connect })
}

/** Node wants buffers and lists of its own. */
function tlsOfNode({ ca, cert, key, ...others }: TlsOptions) {
  const pem = (text: string | Uint8Array) => (typeof text === 'string' ? text : Buffer.from(text))
  const authorities = typeof ca === 'string' || ca instanceof Uint8Array ? [ca] : ca
  return {
    ...others,
    ...(authorities && { ca: authorities.map(pem) }),
    ...(cert && { cert: pem(cert) }),
    ...(key && { key: pem(key) }),
  }
}

function checkTls({ cert, key }: TlsOptions): void {
  if ((cert === undefined) !== (key === undefined))
    throw invalidArgument('tls.cert and tls.key go together: the one is useless without the other')
}

/** The URL may hold a password, so no message shows it. */
function checkProxy(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return
  throw invalidArgument('proxy.url must be an absolute URL such as http://proxy.example.org:3128')
}
