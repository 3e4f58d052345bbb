namespace MtlsPop.CodeFixes.Binding;

[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class HandedResultUncheckedFix() : CertificateGuardFix(Rules.HandedResultUnchecked);
