/** Types of the words in `<folder>/locales/{en,hi}.ts`: nested objects of sentences with `{{placeholders}}`. */
export type WordTree = { readonly [key: string]: string | WordTree }

/** Another language's words: the same keys, other sentences. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> }

/** `records_one` and `records_other` are asked for as `records`, with a `count`. */
type WithoutPlural<K extends string> = K extends `${infer Base}_one`
  ? Base
  : K extends `${infer Base}_other`
    ? Base
    : K

/** Every path to a sentence: `home.greeting`. */
export type WordKey<T> = {
  [K in keyof T & string]: T[K] extends string ? WithoutPlural<K> : `${K}.${WordKey<T[K]>}`
}[keyof T & string]

type SentenceAt<T, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? SentenceAt<T[Head], Rest>
    : never
  : Path extends keyof T
    ? T[Path]
    : T[`${Path}_one` & keyof T] | T[`${Path}_other` & keyof T]

type IsPlural<T, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? IsPlural<T[Head], Rest>
    : false
  : Path extends keyof T
    ? false
    : true

type Placeholder<S> = S extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholder<Rest> : never

type Values<T, Path extends string> = {
  [Name in Placeholder<SentenceAt<T, Path>>]: Name extends 'count' ? number : string | number
} & (IsPlural<T, Path> extends true ? { count: number } : unknown)

/** `t('key')`, or `t('key', { name })` where the sentence has placeholders or a plural. */
export type Translate<T> = <Path extends WordKey<T>>(
  key: Path,
  ...values: keyof Values<T, Path> extends never ? [] : [values: Values<T, Path>]
) => string
