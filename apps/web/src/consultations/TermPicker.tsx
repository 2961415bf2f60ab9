import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { type ReactNode, type Ref, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useWords } from '../app/words.ts'

/** A list of terms that is loaded when somebody first wants to pick from it. */
export type TermList<T> = { search(query: string, limit?: number): T[] }

type TermPickerProps<T> = {
  label: string
  description: string
  load: () => Promise<TermList<T>>
  keyOf: (term: T) => string
  render: (term: T) => ReactNode
  onPick: (term: T) => void
  /** What was typed, as it is. */
  onFree: (text: string) => void
  inputRef?: Ref<HTMLInputElement>
}

const SHOWN = 12
const FREE = 'free'

/** Picks from a long list by typing; what is not in it can be taken as it is. The best match needs no arrow key. */
export function TermPicker<T>({
  label,
  description,
  load,
  keyOf,
  render,
  onPick,
  onFree,
  inputRef,
}: TermPickerProps<T>) {
  const { t } = useWords('consultations')
  const [text, setText] = useState('')
  const [list, setList] = useState<TermList<T> | 'none' | 'loading' | 'failed'>('none')
  const query = useDeferredValue(text)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useMemo(() => (typeof list === 'object' ? list.search(query, SHOWN) : []), [list, query])

  // The best match, also when the list came after the first letters.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found decides, the store is always another
  useEffect(() => {
    if (combobox.dropdownOpened) combobox.selectFirstOption()
  }, [found, combobox.dropdownOpened])

  function begin() {
    if (list !== 'none' && list !== 'failed') return
    setList('loading')
    load().then(setList, () => setList('failed'))
  }
  function choose(value: string) {
    const term = found.find((one) => keyOf(one) === value)
    if (term) onPick(term)
    else if (text.trim() !== '') onFree(text.trim())
    setText('')
    combobox.closeDropdown()
  }
  const isWritten = text.trim() !== ''
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false}>
      <Combobox.Target>
        <TextInput
          ref={inputRef}
          label={label}
          description={description}
          value={text}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          onFocus={begin}
          onChange={(event) => {
            setText(event.currentTarget.value)
            combobox.openDropdown()
          }}
          onClick={() => isWritten && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            // Enter before the list has come takes the words as they are.
            if (event.key === 'Enter' && isWritten && combobox.getSelectedOptionIndex() < 0) {
              event.preventDefault()
              const [first] = found
              choose(first ? keyOf(first) : FREE)
            }
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!isWritten}>
        <Combobox.Options aria-label={label} mah={320} style={{ overflowY: 'auto' }}>
          {list === 'loading' && <Combobox.Empty>{t('picker.loading')}</Combobox.Empty>}
          {list === 'failed' && <Combobox.Empty>{t('picker.failed')}</Combobox.Empty>}
          {found.map((term) => (
            <Combobox.Option key={keyOf(term)} value={keyOf(term)}>
              {render(term)}
            </Combobox.Option>
          ))}
          {isWritten && (
            <Combobox.Option value={FREE}>{t('picker.free', { text: text.trim() })}</Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
