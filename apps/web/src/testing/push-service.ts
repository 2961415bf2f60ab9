/** In place of the browser's own, which has no network here: an endpoint such as a push service gives. */
export function pretendPushService(): void {
  let endpoint: string | null = localStorage.getItem('pretended endpoint')
  const subscription = () => ({
    endpoint,
    unsubscribe: async () => {
      endpoint = null
      localStorage.removeItem('pretended endpoint')
      return true
    },
  })
  PushManager.prototype.getSubscription = async () =>
    endpoint === null ? null : (subscription() as unknown as PushSubscription)
  PushManager.prototype.subscribe = async () => {
    endpoint = `https://fcm.googleapis.com/fcm/send/${'invented'.repeat(8)}`
    localStorage.setItem('pretended endpoint', endpoint)
    return subscription() as unknown as PushSubscription
  }
}
