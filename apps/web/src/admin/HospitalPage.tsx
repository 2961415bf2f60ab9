import type { StoredProfile } from '@curo/client/hospital'
import { isCuroError } from '@curo/crypto/errors'
import { Alert, Button, Fieldset, MultiSelect, Select, Skeleton, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Failed } from '../app/Failed.tsx'
import { refreshHospital } from '../app/hospital.ts'
import { LANGUAGE_NAMES, LANGUAGES } from '../app/language.ts'
import { Page } from '../app/Page.tsx'
import { useProblem } from '../app/problem.ts'
import { useWords } from '../app/words.ts'
import { LogoField } from '../hospital/LogoField.tsx'
import { PlaceRows } from '../hospital/PlaceRows.tsx'
import {
  checkProfile,
  formPathOf,
  type ProfileFields,
  toProfile,
  toProfileFields,
} from '../hospital/profile-form.ts'
import { timeZones } from '../hospital/time-zones.ts'
import { work } from '../work/work.ts'
import classes from './HospitalPage.module.css'

/** What the hospital says of itself: on screens, letters and cards. */
export function HospitalPage() {
  const { t } = useWords('hospital')
  const { data, error, refetch } = useQuery({
    queryKey: ['hospital', 'profile'],
    queryFn: ({ signal }) => work.hospital.profile(undefined, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [savedAs, setSavedAs] = useState<number>()
  if (error) return <Failed error={error} reset={() => void refetch()} />
  return (
    <Page title={t('title')} width="wide">
      {data ? (
        <ProfileForm key={data.revision} stored={data} savedAs={savedAs} onSaved={setSavedAs} />
      ) : (
        <Skeleton height={480} />
      )}
    </Page>
  )
}

const CURRENCIES = Intl.supportedValuesOf('currency')

type ProfileFormProps = {
  stored: StoredProfile
  /** The revision that was saved here: each revision has a form of its own. */
  savedAs: number | undefined
  onSaved: (revision: number) => void
}

function ProfileForm({ stored, savedAs, onSaved }: ProfileFormProps) {
  const { t } = useWords('hospital')
  const problem = useProblem()
  const queries = useQueryClient()
  const form = useForm<ProfileFields>({
    initialValues: toProfileFields(stored.profile),
    validate: (fields) =>
      Object.fromEntries(
        Object.entries(checkProfile(fields)).map(([field, problem]) => [field, t(`problems.${problem}`)]),
      ),
  })
  const saving = useMutation({
    mutationFn: (fields: ProfileFields) =>
      work.hospital.saveProfile({ profile: toProfile(fields), revision: stored.revision }),
    onSuccess: async (saved) => {
      onSaved(saved.revision)
      queries.setQueryData(['hospital', 'profile'], saved)
      await refreshHospital()
    },
    onError: (error) => {
      if (!isCuroError(error, 'invalid-input')) return
      const fields = (error.details?.fields ?? []) as { path: string; message: string }[]
      for (const { path, message } of fields) form.setFieldError(formPathOf(path), message)
    },
  })
  const element = useRef<HTMLFormElement>(null)
  // The fields carry what is wrong with them only once they are drawn again.
  const showFirstProblem = () =>
    requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  const text = (name: keyof ProfileFields, extra: { type?: string; maxLength?: number } = {}) => (
    <TextInput label={t(`fields.${name}`)} maxLength={400} {...extra} {...form.getInputProps(name)} />
  )
  return (
    <form
      ref={element}
      noValidate
      className={classes.form}
      onSubmit={form.onSubmit((fields) => saving.mutate(fields), showFirstProblem)}
    >
      <Fieldset legend={t('groups.name')} className={classes.group ?? ''}>
        {text('name', { maxLength: 200 })}
        <LogoField logo={stored.logo} />
      </Fieldset>
      <Fieldset legend={t('groups.letterhead')} className={classes.group ?? ''}>
        <Textarea
          label={t('fields.lines')}
          description={t('fields.linesHint')}
          autosize
          minRows={2}
          maxRows={6}
          {...form.getInputProps('lines')}
        />
        {text('phone', { type: 'tel' })}
        {text('email', { type: 'email' })}
        {text('website', { type: 'url' })}
        {text('registrationNumber')}
      </Fieldset>
      <Fieldset legend={t('groups.facilities')}>
        <PlaceRows form={form} kind="facilities" />
      </Fieldset>
      <Fieldset legend={t('groups.departments')}>
        <PlaceRows form={form} kind="departments" />
      </Fieldset>
      <Fieldset legend={t('groups.region')} className={classes.group ?? ''}>
        <Select
          label={t('fields.timeZone')}
          searchable
          allowDeselect={false}
          limit={50}
          data={timeZones(stored.profile.timeZone)}
          {...form.getInputProps('timeZone')}
        />
        <Select
          label={t('fields.currency')}
          searchable
          allowDeselect={false}
          limit={50}
          data={[...new Set([stored.profile.currency, ...CURRENCIES])]}
          {...form.getInputProps('currency')}
        />
        <MultiSelect
          label={t('fields.languages')}
          description={t('fields.languagesHint')}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          {...form.getInputProps('languages')}
        />
        {text('countryPrefix', { type: 'tel', maxLength: 4 })}
      </Fieldset>
      {saving.isError && (
        <Alert color="red" role="alert">
          {isCuroError(saving.error, 'conflict') ? t('conflict') : problem(saving.error)}
        </Alert>
      )}
      {savedAs === stored.revision && !form.isDirty() && (
        <Alert color="curo" role="status" icon={<IconCircleCheck size={20} aria-hidden />}>
          {t('saved')}
        </Alert>
      )}
      <div>
        <Button type="submit" loading={saving.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
