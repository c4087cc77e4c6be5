import { type ConsumptionMeter, createConsumptionMeter } from '../streaming/consumption-meter.ts'
import type { BrokerContext, RoutedRequest } from './handler.ts'

/**
 * Counts what a stream sends, for the key figures.
 *
 * @param subscriptionId undefined for a stream without a subscription
 */
export function meterOf(
  { principal, flowId }: RoutedRequest,
  subscriptionId: string | undefined,
  { clock, recorder }: BrokerContext,
): ConsumptionMeter {
  const { subject: app, realm } = principal
  return createConsumptionMeter(clock, {
    isWanted: () => recorder.isMeasuring(),
    report: (consumption) => recorder.dataStreamed({ ...consumption, subscriptionId, app, realm }, flowId),
  })
}
