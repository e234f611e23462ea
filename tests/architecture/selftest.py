# SPDX-FileCopyrightText: Claimcheck contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the house rules catch what they are for: a small clean house stays clean, and each
violation that is put into it is reported by its rule, in its file."""

import tempfile
import unittest
from pathlib import Path

from check import check

LICENCE = "SPDX-FileCopyrightText: Claimcheck contributors\n{0} SPDX-License-Identifier: GPL-3.0-or-later\n"
CPP = "// " + LICENCE.format("//")
HASH = "# " + LICENCE.format("#")

CLEAN = {
    "core/CMakeLists.txt": HASH + "claimcheck_module(base)\n# a claimcheck_module(comment)\n"
                                  "claimcheck_module(json DEPENDS base)\n"
                                  "claimcheck_module(jose NO_MOC DEPENDS json LINKS OpenSSL::Crypto claimcheck_resources)\n",
    "ui/CMakeLists.txt": HASH + "claimcheck_module(state DEPENDS jose LINKS Qt6::Core)\n"
                                "claimcheck_module(theme LINKS Qt6::Widgets)\n"
                                "claimcheck_module(token DEPENDS theme state)\n",
    "core/jose/verify.cpp": CPP + '#include "verify.h"\n#include <base/result.h>\n#include <resources/resources.h>\n',
    "ui/token/tokenpane.cpp": CPP + "#include <QtWidgets/qlabel.h>\n#include <jose/verify.h>\n#include <theme/theme.h>\n",
    "ui/theme/theme.cpp": CPP + 'auto c = QColor("#123456");\n',
    "app/cli/main.cpp": CPP + "#include <jose/verify.h>\n// a comment may say #FFFFFF and sleep(1)\n",
    "core/jose/digest.cpp": CPP + "EVP_Digest(a); BN_is_one(b); EVP_MD_CTX_free(c); // EVP_MAC_final(d)\n",
    "tests/core/jose/faultdoors.inc": CPP + "FAULT_DOOR(int, EVP_Digest, (), ())\nFAULT_NONE(BN_is_one)\n",
    "tests/ui/token/tst_pane.cpp": CPP + "#include <token/tokenpane.h>\n#include <support/result.h>\n",
    "tests/data/foreign/colour.cpp": "no licence, #FFFFFF, sleep(1)\n",
}

# (what it shows, rule, file, text)
FAULTS = (
    ("an include that the table does not allow", "depends", "core/json/parse.cpp", "#include <jose/verify.h>\n"),
    ("core includes the window", "depends", "core/jose/shown.cpp", "#include <token/tokenpane.h>\n"),
    ("panes know each other", "depends", "ui/theme/theme2.cpp", "#include <token/tokenpane.h>\n"),
    ("the command line includes a pane", "depends", "app/cli/show.cpp", "#include <token/tokenpane.h>\n"),
    ("a core test reaches further than its module", "depends", "tests/core/json/tst_x.cpp", "#include <jose/verify.h>\n"),
    ("resources without their link", "depends", "core/json/list.cpp", "#include <resources/resources.h>\n"),
    ("a folder that is no module", "table", "core/extra/x.cpp", "\n"),
    ("a relative include", "rooted", "core/json/x.cpp", '#include "../base/result.h"\n'),
    ("a class-style Qt include", "rooted", "core/json/y.cpp", "#include <QString>\n"),
    ("widgets under core", "window", "core/json/z.cpp", "#include <QtWidgets/qlabel.h>\n"),
    ("colours under core", "window", "core/json/c.cpp", "#include <QtGui/qcolor.h>\n"),
    ("a widget in a form object", "window", "ui/state/form.cpp", "#include <QtWidgets/qlabel.h>\n"),
    ("widgets in the command line", "window", "app/cli/w.cpp", "#include <QtWidgets/qlabel.h>\n"),
    ("a long file", "size", "ui/token/long.cpp", "\n" * 500),
    ("a literal colour", "colour", "ui/token/a.cpp", 'setStyleSheet(u"color: #AE231B"_qs);\n'),
    ("a colour by numbers", "colour", "ui/token/b.cpp", "QColor red(QColor(255, 0, 0));\n"),
    ("a colour by name", "colour", "app/gui/main.cpp", "painter.setPen(Qt::darkRed);\n"),
    ("a box of its own that asks", "question", "ui/token/ask.cpp", "QMessageBox::question(this, a, b);\n"),
    ("a test that sleeps", "sleep", "tests/core/json/tst_s.cpp", "QTest::qSleep(100);\n"),
    ("a test that waits blindly", "sleep", "tests/ui/token/tst_w.cpp", "QTest::qWait(100);\n"),
    ("a shell test that sleeps", "sleep", "tests/e2e/run.sh", "start & sleep 2\n"),
    ("an OpenSSL call that no test makes fail", "doors", "core/jose/call.cpp", "EVP_MAC_init(a, b, c, d);\n"),
    ("one of another family", "doors", "core/jose/curve.cpp", "EC_GROUP_new_by_curve_name(a);\n"),
    ("one that converts", "doors", "core/jose/point.cpp", "o2i_ECPublicKey(a, b, c);\n"),
    ("one without a family", "doors", "core/jose/mac.cpp", "HMAC(a, b, c, d, e, f, g);\n"),
    ("work left open", "open", "core/json/t.cpp", "// TODO later\n"),
)


class HouseRules(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        for path, text in CLEAN.items():
            self.write(path, text)

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def found(self):
        return [(violation.rule, str(violation.path)) for violation in check(self.root)]

    def test_a_clean_house_is_clean(self):
        self.assertEqual(self.found(), [])

    def test_each_fault_is_reported_once_by_its_rule(self):
        for shown, rule, path, text in FAULTS:
            with self.subTest(shown):
                self.write(path, (HASH if path.endswith(".sh") else CPP) + text)
                place = path if rule != "table" else "core/CMakeLists.txt"
                self.assertEqual(self.found(), [(rule, place)])
                (self.root / path).unlink()

    def test_a_missing_licence_is_reported(self):
        for path in ("core/json/n.cpp", "run", "tests/architecture/x.py"):
            with self.subTest(path):
                self.write(path, "// nothing\n")
                self.assertEqual(self.found(), [("licence", path)])
                (self.root / path).unlink()

    def test_an_arrow_back_is_reported(self):
        listing = HASH + "claimcheck_module(base DEPENDS json)\nclaimcheck_module(json DEPENDS base)\n"
        self.write("core/CMakeLists.txt", listing + "claimcheck_module(jose DEPENDS json LINKS claimcheck_resources)\n")
        self.assertEqual(self.found(), [("table", "core/CMakeLists.txt")])

    def test_an_arrow_to_the_other_floor_is_reported(self):
        self.write("core/CMakeLists.txt", CLEAN["core/CMakeLists.txt"] + "claimcheck_module(late DEPENDS token)\n")
        self.assertEqual(self.found(), [("table", "core/CMakeLists.txt")])


if __name__ == "__main__":
    unittest.main()
