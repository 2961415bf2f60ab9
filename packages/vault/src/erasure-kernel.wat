;; GF(2^8) inner products on 128-bit vectors. A product c·x is two table look-ups, one per half byte of x:
;; low[x & 15] ^ high[x >> 4], each a 16-byte table held in one register (i8x16.swizzle).
;; $sources: $count i32 addresses. $length: bytes, a multiple of 64. Nothing here grows or owns memory.
(module
  (memory (export "memory") 4)

  ;; target = sources[0] ^ sources[1] ^ …
  (func (export "sum") (param $count i32) (param $sources i32) (param $target i32) (param $length i32)
    (local $offset i32) (local $entry i32) (local $last i32) (local $from i32) (local $to i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $last (i32.add (local.get $sources) (i32.shl (local.get $count) (i32.const 2))))
    (loop $block
      (local.set $a (v128.const i64x2 0 0)) (local.set $b (v128.const i64x2 0 0))
      (local.set $c (v128.const i64x2 0 0)) (local.set $d (v128.const i64x2 0 0))
      (local.set $entry (local.get $sources))
      (loop $source
        (local.set $from (i32.add (i32.load (local.get $entry)) (local.get $offset)))
        (local.set $a (v128.xor (local.get $a) (v128.load (local.get $from))))
        (local.set $b (v128.xor (local.get $b) (v128.load offset=16 (local.get $from))))
        (local.set $c (v128.xor (local.get $c) (v128.load offset=32 (local.get $from))))
        (local.set $d (v128.xor (local.get $d) (v128.load offset=48 (local.get $from))))
        (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
        (br_if $source (i32.lt_u (local.get $entry) (local.get $last))))
      (local.set $to (i32.add (local.get $target) (local.get $offset)))
      (v128.store (local.get $to) (local.get $a))
      (v128.store offset=16 (local.get $to) (local.get $b))
      (v128.store offset=32 (local.get $to) (local.get $c))
      (v128.store offset=48 (local.get $to) (local.get $d))
      (local.set $offset (i32.add (local.get $offset) (i32.const 64)))
      (br_if $block (i32.lt_u (local.get $offset) (local.get $length)))))

  ;; target = c0·sources[0] ^ c1·sources[1] ^ …   $tables: per source 32 bytes, low half-byte table then high.
  (func (export "dot") (param $count i32) (param $sources i32) (param $tables i32) (param $target i32) (param $length i32)
    (local $offset i32) (local $entry i32) (local $last i32) (local $table i32) (local $from i32) (local $to i32)
    (local $low v128) (local $high v128) (local $x v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $last (i32.add (local.get $sources) (i32.shl (local.get $count) (i32.const 2))))
    (loop $block
      (local.set $a (v128.const i64x2 0 0)) (local.set $b (v128.const i64x2 0 0))
      (local.set $c (v128.const i64x2 0 0)) (local.set $d (v128.const i64x2 0 0))
      (local.set $entry (local.get $sources))
      (local.set $table (local.get $tables))
      (loop $source
        (local.set $from (i32.add (i32.load (local.get $entry)) (local.get $offset)))
        (local.set $low (v128.load (local.get $table)))
        (local.set $high (v128.load offset=16 (local.get $table)))
        (local.set $x (v128.load (local.get $from)))
        (local.set $a (v128.xor (local.get $a) (v128.xor
          (i8x16.swizzle (local.get $low) (v128.and (local.get $x) (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f)))
          (i8x16.swizzle (local.get $high) (i8x16.shr_u (local.get $x) (i32.const 4))))))
        (local.set $x (v128.load offset=16 (local.get $from)))
        (local.set $b (v128.xor (local.get $b) (v128.xor
          (i8x16.swizzle (local.get $low) (v128.and (local.get $x) (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f)))
          (i8x16.swizzle (local.get $high) (i8x16.shr_u (local.get $x) (i32.const 4))))))
        (local.set $x (v128.load offset=32 (local.get $from)))
        (local.set $c (v128.xor (local.get $c) (v128.xor
          (i8x16.swizzle (local.get $low) (v128.and (local.get $x) (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f)))
          (i8x16.swizzle (local.get $high) (i8x16.shr_u (local.get $x) (i32.const 4))))))
        (local.set $x (v128.load offset=48 (local.get $from)))
        (local.set $d (v128.xor (local.get $d) (v128.xor
          (i8x16.swizzle (local.get $low) (v128.and (local.get $x) (v128.const i32x4 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f 0x0f0f0f0f)))
          (i8x16.swizzle (local.get $high) (i8x16.shr_u (local.get $x) (i32.const 4))))))
        (local.set $table (i32.add (local.get $table) (i32.const 32)))
        (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
        (br_if $source (i32.lt_u (local.get $entry) (local.get $last))))
      (local.set $to (i32.add (local.get $target) (local.get $offset)))
      (v128.store (local.get $to) (local.get $a))
      (v128.store offset=16 (local.get $to) (local.get $b))
      (v128.store offset=32 (local.get $to) (local.get $c))
      (v128.store offset=48 (local.get $to) (local.get $d))
      (local.set $offset (i32.add (local.get $offset) (i32.const 64)))
      (br_if $block (i32.lt_u (local.get $offset) (local.get $length))))))
