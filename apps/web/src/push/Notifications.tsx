import type { Settings } from '@curo/client/settings'
import { SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Loaded, Trouble } from '../app/Loaded.tsx'
import { LANGUAGE_NAMES, LANGUAGES } from '../app/language.ts'
import { useWords } from '../app/words.ts'
import { work } from '../work/work.ts'
import { PushOnThisDevice } from './PushOnThisDevice.tsx'
import { ownSettings } from './queries.ts'

/** By which ways one is told, and in which language. */
export function Notifications() {
  const { t } = useWords('push')
  const queries = useQueryClient()
  const save = useMutation({
    scope: { id: 'settings' },
    mutationFn: async (change: (settings: Settings) => Settings) => {
      // What another device saved meanwhile is kept: only this one choice is put over it.
      const { settings, revision } = await work.push.settings(undefined)
      return work.push.saveOwn({ settings: change(settings), revision })
    },
    // The switch moves at once, and back when it could not be saved.
    onMutate: (change) =>
      queries.setQueryData(
        ownSettings.queryKey,
        (before) => before && { ...before, settings: change(before.settings) },
      ),
    onSuccess: (stored) => queries.setQueryData(ownSettings.queryKey, stored),
    onError: () => queries.invalidateQueries({ queryKey: ownSettings.queryKey }),
  })
  return (
    <Loaded query={useQuery(ownSettings)} skeleton={[36, 36, 36]}>
      {({ settings }) => (
        <Stack>
          <PushOnThisDevice />
          {(['sms', 'email'] as const).map((way) => (
            <Switch
              key={way}
              label={t(`ways.${way}`)}
              checked={settings.notify[way]}
              onChange={({ currentTarget: { checked } }) =>
                save.mutate((now) => ({ ...now, notify: { ...now.notify, [way]: checked } }))
              }
            />
          ))}
          <Stack gap={4} align="flex-start">
            <Text id="message-language" fw={500} size="sm">
              {t('language')}
            </Text>
            <SegmentedControl
              aria-labelledby="message-language"
              value={settings.language ?? ''}
              onChange={(chosen) =>
                save.mutate(({ language: _, ...now }) => {
                  const language = LANGUAGES.find((one) => one === chosen)
                  return language ? { ...now, language } : now
                })
              }
              data={[
                { value: '', label: t('hospitals') },
                ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
              ]}
            />
          </Stack>
          <Text size="sm" c="dimmed">
            {t('always')}
          </Text>
          {save.error && <Trouble error={save.error} />}
        </Stack>
      )}
    </Loaded>
  )
}
