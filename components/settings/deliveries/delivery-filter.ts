'use client'

import { createSerializer, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'

/** In the order in which they are offered. */
export const VERDICTS = ['accepted', 'dead', 'duplicate', 'other'] as const

const words = {
  verdict: parseAsStringLiteral(VERDICTS),
  connection: parseAsString.withDefault(''),
  q: parseAsString.withDefault(''),
}

/** Which deliveries are shown, kept in the address. A delivery's own page keeps them for the way back. */
export const useDeliveryFilter = () => useQueryStates(words)

export type DeliveryFilter = ReturnType<typeof useDeliveryFilter>[0]

/** An address with these words behind it. */
export const withDeliveryFilter = createSerializer(words)
