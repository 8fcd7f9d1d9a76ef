#include "textflag.h"

// Constants, each a float32 or a 32-bit mask.
DATA k<>+0(SB)/4, $0x7fffffff      // all but the sign
DATA k<>+4(SB)/4, $0x80000000      // the sign
DATA k<>+8(SB)/4, $0x77800000      // 2^112: widens the exponent of a half
DATA k<>+12(SB)/4, $0x0000000f     // a low nibble in each dword (unused lanes are zero)
DATA k<>+16(SB)/4, $0xc1000000     // -8
DATA k<>+20(SB)/4, $0x3fb8aa3b     // 1 / ln 2
DATA k<>+24(SB)/4, $0xbf317200     // -ln 2, high part
DATA k<>+28(SB)/4, $0xb5bfbe8e     // -ln 2, low part
DATA k<>+32(SB)/4, $0xc2ae0000     // -87: below it, e^x is as good as zero
DATA k<>+36(SB)/4, $0x39500d01     // 1/5040
DATA k<>+40(SB)/4, $0x3ab60b61     // 1/720
DATA k<>+44(SB)/4, $0x3c088889     // 1/120
DATA k<>+48(SB)/4, $0x3d2aaaab     // 1/24
DATA k<>+52(SB)/4, $0x3e2aaaab     // 1/6
DATA k<>+56(SB)/4, $0x3f000000     // 1/2
DATA k<>+60(SB)/4, $0x3f800000     // 1
DATA k<>+64(SB)/4, $0x3e6d3388     // 0.3275911 / √2
DATA k<>+68(SB)/4, $0x3e827906     // 0.254829592
DATA k<>+72(SB)/4, $0xbe91a98e     // -0.284496736
DATA k<>+76(SB)/4, $0x3fb5f0e3     // 1.421413741
DATA k<>+80(SB)/4, $0xbfba00e3     // -1.453152027
DATA k<>+84(SB)/4, $0x3f87dc22     // 1.061405429
DATA k<>+88(SB)/4, $0xbf000000     // -1/2
GLOBL k<>(SB), RODATA|NOPTR, $92

// EXP replaces Y0 ≤ 0 by e^Y0; Y1 and Y2 are lost. Y6 to Y15 hold the constants that EXPCONST loads.
#define EXPCONST \
	VBROADCASTSS k<>+32(SB), Y6 \
	VBROADCASTSS k<>+20(SB), Y7 \
	VBROADCASTSS k<>+24(SB), Y8 \
	VBROADCASTSS k<>+28(SB), Y9 \
	VBROADCASTSS k<>+40(SB), Y10 \
	VBROADCASTSS k<>+44(SB), Y11 \
	VBROADCASTSS k<>+48(SB), Y12 \
	VBROADCASTSS k<>+52(SB), Y13 \
	VBROADCASTSS k<>+56(SB), Y14 \
	VBROADCASTSS k<>+60(SB), Y15

#define EXP \
	VMAXPS       Y6, Y0, Y0 \
	VMULPS       Y7, Y0, Y1 \
	VROUNDPS     $0, Y1, Y1 \
	VFMADD231PS  Y8, Y1, Y0 \
	VFMADD231PS  Y9, Y1, Y0 \
	VBROADCASTSS k<>+36(SB), Y2 \
	VFMADD213PS  Y10, Y0, Y2 \
	VFMADD213PS  Y11, Y0, Y2 \
	VFMADD213PS  Y12, Y0, Y2 \
	VFMADD213PS  Y13, Y0, Y2 \
	VFMADD213PS  Y14, Y0, Y2 \
	VFMADD213PS  Y15, Y0, Y2 \
	VFMADD213PS  Y15, Y0, Y2 \
	VCVTPS2DQ    Y1, Y1 \
	VPSLLD       $23, Y1, Y1 \
	VPADDD       Y1, Y2, Y0

// func gelu(x *float32, n int)
TEXT ·gelu(SB), NOSPLIT, $0-16
	MOVQ x+0(FP), DI
	MOVQ n+8(FP), CX
	EXPCONST

next:
	VMOVUPS      (DI), Y3
	VBROADCASTSS k<>+0(SB), Y1
	VANDPS       Y1, Y3, Y4             // |x|
	VMULPS       Y4, Y4, Y0
	VBROADCASTSS k<>+88(SB), Y1
	VMULPS       Y1, Y4, Y5             // -|x|/2
	VMULPS       Y1, Y0, Y0
	EXP
	VMULPS       Y0, Y5, Y5             // -|x|/2 · e^(-x²/2)
	VBROADCASTSS k<>+64(SB), Y1
	VFMADD213PS  Y15, Y1, Y4
	VDIVPS       Y4, Y15, Y4            // t
	VBROADCASTSS k<>+84(SB), Y0
	VBROADCASTSS k<>+80(SB), Y1
	VFMADD213PS  Y1, Y4, Y0
	VBROADCASTSS k<>+76(SB), Y1
	VFMADD213PS  Y1, Y4, Y0
	VBROADCASTSS k<>+72(SB), Y1
	VFMADD213PS  Y1, Y4, Y0
	VBROADCASTSS k<>+68(SB), Y1
	VFMADD213PS  Y1, Y4, Y0
	VMULPS       Y4, Y0, Y0
	VXORPS       Y1, Y1, Y1
	VMAXPS       Y1, Y3, Y3
	VFMADD231PS  Y0, Y5, Y3
	VMOVUPS      Y3, (DI)
	ADDQ         $32, DI
	DECQ         CX
	JNZ          next
	VZEROUPPER
	RET

// func softmax(x *float32, rows int, scale float32)
TEXT ·softmax(SB), NOSPLIT, $0-20
	MOVQ         x+0(FP), DI
	MOVQ         rows+8(FP), CX
	VMOVUPS      (DI), Y3
	MOVQ         DI, SI
	MOVQ         CX, DX

top:
	VMAXPS (SI), Y3, Y3
	ADDQ   $32, SI
	DECQ   DX
	JNZ    top
	EXPCONST
	VXORPS Y4, Y4, Y4                  // the sum
	VBROADCASTSS scale+16(FP), Y5
	MOVQ   DI, SI
	MOVQ   CX, DX

power:
	VMOVUPS (SI), Y0
	VSUBPS  Y3, Y0, Y0
	VMULPS  Y5, Y0, Y0
	EXP
	VADDPS  Y0, Y4, Y4
	VMOVUPS Y0, (SI)
	ADDQ    $32, SI
	DECQ    DX
	JNZ     power
	VDIVPS  Y4, Y15, Y4

share:
	VMULPS  (DI), Y4, Y0
	VMOVUPS Y0, (DI)
	ADDQ    $32, DI
	DECQ    CX
	JNZ     share
	VZEROUPPER
	RET

// func addNorm(x, y, gain, bias *float32, n int, eps float32)
TEXT ·addNorm(SB), NOSPLIT, $0-44
	MOVQ         x+0(FP), DI
	MOVQ         y+8(FP), SI
	MOVQ         gain+16(FP), R8
	MOVQ         bias+24(FP), R9
	MOVQ         n+32(FP), CX
	VXORPS       Y2, Y2, Y2
	VXORPS       Y3, Y3, Y3
	VCVTSI2SSQ   CX, X0, X0
	VBROADCASTSS X0, Y5
	MOVQ         DI, AX
	MOVQ         CX, DX

sum:
	VMOVUPS (AX), Y0
	VADDPS  (SI), Y0, Y0
	VMOVUPS Y0, (AX)
	VADDPS  Y0, Y2, Y2
	ADDQ    $32, AX
	ADDQ    $32, SI
	DECQ    DX
	JNZ     sum
	VDIVPS  Y5, Y2, Y2                 // the mean
	MOVQ    DI, AX
	MOVQ    CX, DX

square:
	VMOVUPS     (AX), Y0
	VSUBPS      Y2, Y0, Y0
	VFMADD231PS Y0, Y0, Y3
	ADDQ        $32, AX
	DECQ        DX
	JNZ         square
	VDIVPS       Y5, Y3, Y3
	VBROADCASTSS eps+40(FP), Y4
	VADDPS       Y4, Y3, Y3
	VSQRTPS      Y3, Y3
	VBROADCASTSS k<>+60(SB), Y4
	VDIVPS       Y3, Y4, Y3            // 1 / the deviation

scale:
	VMOVUPS      (DI), Y0
	VSUBPS       Y2, Y0, Y0
	VMULPS       Y3, Y0, Y0
	VBROADCASTSS (R8), Y1
	VBROADCASTSS (R9), Y4
	VFMADD213PS  Y4, Y1, Y0
	VMOVUPS      Y0, (DI)
	ADDQ         $32, DI
	ADDQ         $4, R8
	ADDQ         $4, R9
	DECQ         CX
	JNZ          scale
	VZEROUPPER
	RET

// HALF widens the eight 16-bit halves in the dwords of Y0 to floats; Y1 is lost, Y13 is the sign, Y14 is 2^112.
#define HALF \
	VPSLLD $16, Y0, Y1 \
	VPAND  Y13, Y1, Y1 \
	VPSLLD $17, Y0, Y0 \
	VPSRLD $4, Y0, Y0 \
	VMULPS Y14, Y0, Y0 \
	VPOR   Y1, Y0, Y0

// SCALE sets Y0 to the half at SI in every lane.
#define SCALE \
	VPBROADCASTW (SI), X0 \
	VPMOVZXWD    X0, Y0 \
	HALF

// func unpackQ4(dst *float32, src *byte, blocks int)
TEXT ·unpackQ4(SB), NOSPLIT, $0-24
	MOVQ         dst+0(FP), DI
	MOVQ         src+8(FP), SI
	MOVQ         blocks+16(FP), CX
	VBROADCASTSS k<>+4(SB), Y13
	VBROADCASTSS k<>+8(SB), Y14
	VBROADCASTSS k<>+12(SB), Y15
	VBROADCASTSS k<>+16(SB), Y12

q4:
	SCALE
	VMULPS      Y12, Y0, Y1            // -8 · scale
	VPMOVZXBD   2(SI), Y2
	VPMOVZXBD   10(SI), Y3
	VPSRLD      $4, Y2, Y4
	VPSRLD      $4, Y3, Y5
	VPAND       Y15, Y2, Y2
	VPAND       Y15, Y3, Y3
	VCVTDQ2PS   Y2, Y2
	VCVTDQ2PS   Y3, Y3
	VCVTDQ2PS   Y4, Y4
	VCVTDQ2PS   Y5, Y5
	VFMADD213PS Y1, Y0, Y2
	VFMADD213PS Y1, Y0, Y3
	VFMADD213PS Y1, Y0, Y4
	VFMADD213PS Y1, Y0, Y5
	VMOVUPS     Y2, (DI)
	VMOVUPS     Y3, 32(DI)
	VMOVUPS     Y4, 64(DI)
	VMOVUPS     Y5, 96(DI)
	ADDQ        $18, SI
	ADDQ        $128, DI
	DECQ        CX
	JNZ         q4
	VZEROUPPER
	RET

// func unpackQ8(dst *float32, src *byte, blocks int)
TEXT ·unpackQ8(SB), NOSPLIT, $0-24
	MOVQ         dst+0(FP), DI
	MOVQ         src+8(FP), SI
	MOVQ         blocks+16(FP), CX
	VBROADCASTSS k<>+4(SB), Y13
	VBROADCASTSS k<>+8(SB), Y14

q8:
	SCALE
	VPMOVSXBD 2(SI), Y2
	VPMOVSXBD 10(SI), Y3
	VPMOVSXBD 18(SI), Y4
	VPMOVSXBD 26(SI), Y5
	VCVTDQ2PS Y2, Y2
	VCVTDQ2PS Y3, Y3
	VCVTDQ2PS Y4, Y4
	VCVTDQ2PS Y5, Y5
	VMULPS    Y0, Y2, Y2
	VMULPS    Y0, Y3, Y3
	VMULPS    Y0, Y4, Y4
	VMULPS    Y0, Y5, Y5
	VMOVUPS   Y2, (DI)
	VMOVUPS   Y3, 32(DI)
	VMOVUPS   Y4, 64(DI)
	VMOVUPS   Y5, 96(DI)
	ADDQ      $34, SI
	ADDQ      $128, DI
	DECQ      CX
	JNZ       q8
	VZEROUPPER
	RET

// func unpackF16(dst *float32, src *byte, blocks int)
TEXT ·unpackF16(SB), NOSPLIT, $0-24
	MOVQ         dst+0(FP), DI
	MOVQ         src+8(FP), SI
	MOVQ         blocks+16(FP), CX
	SHLQ         $2, CX
	VBROADCASTSS k<>+4(SB), Y13
	VBROADCASTSS k<>+8(SB), Y14

f16:
	VPMOVZXWD (SI), Y0
	HALF
	VMOVUPS   Y0, (DI)
	ADDQ      $16, SI
	ADDQ      $32, DI
	DECQ      CX
	JNZ       f16
	VZEROUPPER
	RET
