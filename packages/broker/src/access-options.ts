import type { AuthorizationAttribute } from '@rioni/protocol'
import type { AuthenticationOptions } from './authentication/authentication-options.ts'
import type { FeatureName } from './core/settings.ts'

/** Who may do what, and which features are on from the beginning. */
export interface AccessOptions {
  /**
   * How the broker learns who makes a request. `off` is the broker for development and tests: no request
   * needs a token, and every caller may do everything.
   *
   * @default 'off'
   */
  readonly authentication?: 'off' | AuthenticationOptions
  /**
   * A Nakadi admin that nobody can remove.
   *
   * @default service:stups_nakadi
   */
  readonly defaultAdmin?: AuthorizationAttribute
  /**
   * Who may read all event types and subscriptions, whatever their authorization says.
   *
   * @default nobody
   */
  readonly allDataReaders?: readonly AuthorizationAttribute[]
  /**
   * Features that are switched on when the broker starts. They can be switched off later, and are on again
   * after the next start.
   *
   * @default none
   */
  readonly features?: readonly FeatureName[]
  /**
   * Mixed into the hashes of names in the broker's own events, so that only who knows it can tell whose they are.
   *
   * @default 'salt'
   */
  readonly hashSalt?: string
  /**
   * Whether an application exists. Asked for owning applications while a feature
   * `validate_…_owning_application` is on.
   *
   * @default every application does
   */
  readonly isApplication?: (name: string) => boolean
}

/** Fills in the defaults. */
export function normalizeAccessOptions(options: AccessOptions): Required<AccessOptions> {
  return {
    authentication: options.authentication ?? 'off',
    defaultAdmin: options.defaultAdmin ?? { data_type: 'service', value: 'stups_nakadi' },
    allDataReaders: options.allDataReaders ?? [],
    features: options.features ?? [],
    hashSalt: options.hashSalt ?? 'salt',
    isApplication: options.isApplication ?? (() => true),
  }
}
