let came = false

/** A row was tapped: the page before the message's is the list. */
export function leaveList(): void {
  came = true
}

/** Whether Back leads to the list. Not for those who came by a link from elsewhere. */
export function cameFromList(): boolean {
  return came
}
