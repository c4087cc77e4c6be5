import { describe, expect, it } from 'vitest'
import { createManualClock } from '../clock.ts'
import { type Consumption, createConsumptionMeter } from './consumption-meter.ts'

function scene() {
  const clock = createManualClock()
  const reports: Consumption[] = []
  let wanted = true
  const meter = createConsumptionMeter(clock, {
    isWanted: () => wanted,
    report: (consumption) => reports.push(consumption),
  })
  const lookAway = () => {
    wanted = false
  }
  return { clock, reports, meter, lookAway }
}

describe('the consumption of a stream', () => {
  it('is reported for each event type, half a minute after it began', async () => {
    const { clock, meter, reports } = scene()
    meter.sent({ eventTypeName: 'a', events: 2, bytes: 20 })
    meter.sent({ eventTypeName: 'b', events: 1, bytes: 5 })
    meter.sent({ eventTypeName: 'a', events: 0, bytes: 0 })
    await clock.advance(29_999)
    expect(reports).toEqual([])
    await clock.advance(1)
    expect(reports).toEqual([
      { eventTypeName: 'a', events: 2, bytes: 20, batches: 2 },
      { eventTypeName: 'b', events: 1, bytes: 5, batches: 1 },
    ])
  })

  it('begins anew after a report', async () => {
    const { clock, meter, reports } = scene()
    meter.sent({ eventTypeName: 'a', events: 2, bytes: 20 })
    await clock.advance(60_000)
    meter.sent({ eventTypeName: 'a', events: 1, bytes: 10 })
    meter.close()
    expect(reports.map(({ events }) => events)).toEqual([2, 1])
  })

  it('is not counted while nobody wants to know', async () => {
    const { clock, lookAway, meter, reports } = scene()
    lookAway()
    meter.sent({ eventTypeName: 'a', events: 1, bytes: 10 })
    await clock.advance(60_000)
    meter.close()
    expect(reports).toEqual([])
  })

  it('is reported at the end, and never again', async () => {
    const { clock, meter, reports } = scene()
    meter.sent({ eventTypeName: 'a', events: 1, bytes: 10 })
    meter.close()
    await clock.advance(60_000)
    expect(reports).toHaveLength(1)
  })
})
