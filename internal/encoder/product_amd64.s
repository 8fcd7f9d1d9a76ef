#include "textflag.h"

// The products keep 4 rows × 1 to 3 panels of sums in registers. Each step of the depth loads one register a panel and
// broadcasts one weight a row.
//
// DI c, SI b, R8 a, R9 bias, CX rows left, R10 depth, R11 bytes to a's next row, R12 bytes to a's next step,
// R13 c's panel, BX b's panel; in the inner loop AX and DX walk along rows 0 and 2 of a, R15 along b, R9 counts down.

// func tile3(c, b, a, bias *float32, rows, depth, aRow, aStep, cPanel, bPanel int)
TEXT ·tile3(SB), NOSPLIT, $0-80
	MOVQ c+0(FP), DI
	MOVQ b+8(FP), SI
	MOVQ a+16(FP), R8
	MOVQ bias+24(FP), R9
	MOVQ rows+32(FP), CX
	MOVQ depth+40(FP), R10
	MOVQ aRow+48(FP), R11
	MOVQ aStep+56(FP), R12
	MOVQ cPanel+64(FP), R13
	MOVQ bPanel+72(FP), BX

rows3:
	VBROADCASTSS (R9), Y0
	VMOVAPS      Y0, Y1
	VMOVAPS      Y0, Y2
	VBROADCASTSS 4(R9), Y3
	VMOVAPS      Y3, Y4
	VMOVAPS      Y3, Y5
	VBROADCASTSS 8(R9), Y6
	VMOVAPS      Y6, Y7
	VMOVAPS      Y6, Y8
	VBROADCASTSS 12(R9), Y9
	VMOVAPS      Y9, Y10
	VMOVAPS      Y9, Y11
	MOVQ         R8, AX
	LEAQ         (R8)(R11*2), DX
	MOVQ         SI, R15
	MOVQ         R10, R8

depth3:
	VMOVUPS      (R15), Y12
	VMOVUPS      (R15)(BX*1), Y13
	VMOVUPS      (R15)(BX*2), Y14
	VBROADCASTSS (AX), Y15
	VFMADD231PS  Y12, Y15, Y0
	VFMADD231PS  Y13, Y15, Y1
	VFMADD231PS  Y14, Y15, Y2
	VBROADCASTSS (AX)(R11*1), Y15
	VFMADD231PS  Y12, Y15, Y3
	VFMADD231PS  Y13, Y15, Y4
	VFMADD231PS  Y14, Y15, Y5
	VBROADCASTSS (DX), Y15
	VFMADD231PS  Y12, Y15, Y6
	VFMADD231PS  Y13, Y15, Y7
	VFMADD231PS  Y14, Y15, Y8
	VBROADCASTSS (DX)(R11*1), Y15
	VFMADD231PS  Y12, Y15, Y9
	VFMADD231PS  Y13, Y15, Y10
	VFMADD231PS  Y14, Y15, Y11
	ADDQ         $32, R15
	ADDQ         R12, AX
	ADDQ         R12, DX
	DECQ         R8
	JNZ          depth3

	VMOVUPS Y0, (DI)
	VMOVUPS Y3, 32(DI)
	VMOVUPS Y6, 64(DI)
	VMOVUPS Y9, 96(DI)
	VMOVUPS Y1, (DI)(R13*1)
	VMOVUPS Y4, 32(DI)(R13*1)
	VMOVUPS Y7, 64(DI)(R13*1)
	VMOVUPS Y10, 96(DI)(R13*1)
	VMOVUPS Y2, (DI)(R13*2)
	VMOVUPS Y5, 32(DI)(R13*2)
	VMOVUPS Y8, 64(DI)(R13*2)
	VMOVUPS Y11, 96(DI)(R13*2)

	// The next four rows: a was left at row 0 + depth steps.
	MOVQ  a+16(FP), R8
	LEAQ  (R8)(R11*4), R8
	MOVQ  R8, a+16(FP)
	ADDQ  $128, DI
	ADDQ  $16, R9
	SUBQ  $4, CX
	JNZ   rows3
	VZEROUPPER
	RET

// func tile2(c, b, a, bias *float32, rows, depth, aRow, aStep, cPanel, bPanel int)
TEXT ·tile2(SB), NOSPLIT, $0-80
	MOVQ c+0(FP), DI
	MOVQ b+8(FP), SI
	MOVQ a+16(FP), R8
	MOVQ bias+24(FP), R9
	MOVQ rows+32(FP), CX
	MOVQ depth+40(FP), R10
	MOVQ aRow+48(FP), R11
	MOVQ aStep+56(FP), R12
	MOVQ cPanel+64(FP), R13
	MOVQ bPanel+72(FP), BX

rows2:
	VBROADCASTSS (R9), Y0
	VMOVAPS      Y0, Y1
	VBROADCASTSS 4(R9), Y3
	VMOVAPS      Y3, Y4
	VBROADCASTSS 8(R9), Y6
	VMOVAPS      Y6, Y7
	VBROADCASTSS 12(R9), Y9
	VMOVAPS      Y9, Y10
	MOVQ         R8, AX
	LEAQ         (R8)(R11*2), DX
	MOVQ         SI, R15
	MOVQ         R10, R8

depth2:
	VMOVUPS      (R15), Y12
	VMOVUPS      (R15)(BX*1), Y13
	VBROADCASTSS (AX), Y15
	VFMADD231PS  Y12, Y15, Y0
	VFMADD231PS  Y13, Y15, Y1
	VBROADCASTSS (AX)(R11*1), Y15
	VFMADD231PS  Y12, Y15, Y3
	VFMADD231PS  Y13, Y15, Y4
	VBROADCASTSS (DX), Y15
	VFMADD231PS  Y12, Y15, Y6
	VFMADD231PS  Y13, Y15, Y7
	VBROADCASTSS (DX)(R11*1), Y15
	VFMADD231PS  Y12, Y15, Y9
	VFMADD231PS  Y13, Y15, Y10
	ADDQ         $32, R15
	ADDQ         R12, AX
	ADDQ         R12, DX
	DECQ         R8
	JNZ          depth2

	VMOVUPS Y0, (DI)
	VMOVUPS Y3, 32(DI)
	VMOVUPS Y6, 64(DI)
	VMOVUPS Y9, 96(DI)
	VMOVUPS Y1, (DI)(R13*1)
	VMOVUPS Y4, 32(DI)(R13*1)
	VMOVUPS Y7, 64(DI)(R13*1)
	VMOVUPS Y10, 96(DI)(R13*1)
	MOVQ    a+16(FP), R8
	LEAQ    (R8)(R11*4), R8
	MOVQ    R8, a+16(FP)
	ADDQ    $128, DI
	ADDQ    $16, R9
	SUBQ    $4, CX
	JNZ     rows2
	VZEROUPPER
	RET

// func tile1(c, b, a, bias *float32, rows, depth, aRow, aStep int)
TEXT ·tile1(SB), NOSPLIT, $0-64
	MOVQ c+0(FP), DI
	MOVQ b+8(FP), SI
	MOVQ a+16(FP), R8
	MOVQ bias+24(FP), R9
	MOVQ rows+32(FP), CX
	MOVQ depth+40(FP), R10
	MOVQ aRow+48(FP), R11
	MOVQ aStep+56(FP), R12

rows1:
	VBROADCASTSS (R9), Y0
	VBROADCASTSS 4(R9), Y3
	VBROADCASTSS 8(R9), Y6
	VBROADCASTSS 12(R9), Y9
	MOVQ         R8, AX
	LEAQ         (R8)(R11*2), DX
	MOVQ         SI, R15
	MOVQ         R10, R13

depth1:
	VMOVUPS      (R15), Y12
	VBROADCASTSS (AX), Y13
	VBROADCASTSS (AX)(R11*1), Y14
	VFMADD231PS  Y12, Y13, Y0
	VFMADD231PS  Y12, Y14, Y3
	VBROADCASTSS (DX), Y13
	VBROADCASTSS (DX)(R11*1), Y14
	VFMADD231PS  Y12, Y13, Y6
	VFMADD231PS  Y12, Y14, Y9
	ADDQ         $32, R15
	ADDQ         R12, AX
	ADDQ         R12, DX
	DECQ         R13
	JNZ          depth1

	VMOVUPS Y0, (DI)
	VMOVUPS Y3, 32(DI)
	VMOVUPS Y6, 64(DI)
	VMOVUPS Y9, 96(DI)
	LEAQ    (R8)(R11*4), R8
	ADDQ    $128, DI
	ADDQ    $16, R9
	SUBQ    $4, CX
	JNZ     rows1
	VZEROUPPER
	RET
