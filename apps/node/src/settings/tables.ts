export type SettingsTables = {
  account_settings: { account: string; settings: Buffer; revision: number }
}
