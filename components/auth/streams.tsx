const HEIGHTS = [60, 150, 235, 330, 470, 570, 650, 740]

/** Behind the form: lines that come from many sides and run together. Decoration only, and barely there. */
export function Streams() {
  return (
    <svg
      aria-hidden
      viewBox="0 0 1440 800"
      preserveAspectRatio="xMidYMid slice"
      fill="none"
      className="pointer-events-none absolute inset-0 hidden size-full stroke-border sm:block"
    >
      {HEIGHTS.map((y) => (
        <g key={y}>
          <path d={`M-20 ${y} C 320 ${y}, 360 400, 720 400`} />
          <path d={`M1460 ${y} C 1120 ${y}, 1080 400, 720 400`} />
        </g>
      ))}
    </svg>
  )
}
