import { describe, expect, it, vi } from 'vitest'
import { newPassword } from './new-password'

describe('newPassword', () => {
  it('has four groups of four readable characters, and never the same ones', () => {
    const passwords = Array.from({ length: 50 }, newPassword)
    for (const password of passwords)
      expect(password).toMatch(/^[a-km-np-zA-HJ-NP-Z2-9]{4}(-[a-km-np-zA-HJ-NP-Z2-9]{4}){3}$/)
    expect(new Set(passwords).size).toBe(50)
  })

  it('draws again what would make some letters likelier', () => {
    const bytes = [255, 254, ...Array.from({ length: 16 }, () => 0)]
    const draw = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      ;(array as Uint8Array)[0] = bytes.shift() ?? 0
      return array
    })
    expect(newPassword()).toBe('aaaa-aaaa-aaaa-aaaa')
    expect(draw).toHaveBeenCalledTimes(18)
    draw.mockRestore()
  })
})
