import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds PDFs against PDF/A and PDF/UA. Arguments: flavours with commas between them, then files. */
public final class Conformance {
    public static void main(String[] args) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        boolean good = true;
        for (int file = 1; file < args.length; file++) {
            for (String flavour : args[0].split(",")) {
                good &= holds(args[file], flavour);
            }
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean holds(String path, String flavour) throws Exception {
        PDFAFlavour wanted = PDFAFlavour.byFlavourId(flavour);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), wanted)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(wanted, false);
            ValidationResult result = validator.validate(parser);
            System.out.printf("veraPDF    %s: %s %s%n", path, flavour, result.isCompliant() ? "PASS" : "FAIL");
            Map<String, Integer> broken = new LinkedHashMap<>();
            for (TestAssertion found : result.getTestAssertions()) {
                if (found.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = found.getRuleId().getClause() + " test " + found.getRuleId().getTestNumber();
                    broken.merge(rule + ": " + found.getMessage(), 1, Integer::sum);
                }
            }
            broken.forEach((rule, times) -> System.out.println("    clause " + rule + " (" + times + " times)"));
            return result.isCompliant();
        }
    }
}
