// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which values from outside of a collection's files no report may hold, and which it has to hold.

#include <workbench/guardedvalues.h>

#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;

class TestGuardedValues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void holdWhatIsSecret();
    void leaveOutWhatIsNot();
};

void TestGuardedValues::holdWhatIsSecret()
{
    run::Outside outside;
    outside.secrets = {{"local", "apiKey", Secret("key-of-mine"), run::SecretSource::Keychain},
                       {"local", "same", Secret("key-of-mine"), run::SecretSource::Given}};
    outside.process = {{"REGION", "of-the-process"}};
    outside.dotEnv = {{"API_TOKEN", "of-a-file"}};
    const std::vector<Secret> values = workbench::guardedValues(outside);
    QCOMPARE(values.size(), std::size_t(3));
    for (const char* wanted : {"key-of-mine", "of-the-process", "of-a-file"})
        QVERIFY2(std::ranges::find(values, Secret(wanted)) != values.end(), wanted);
}

void TestGuardedValues::leaveOutWhatIsNot()
{
    run::Outside outside;
    outside.overrides = {{"page", "second-page"}};
    outside.secrets = {{"local", "missing", Secret(), run::SecretSource::Missing}};
    outside.dotEnv = {{"BASE_URL", "https://api.example/v1"}, {"STAGE", "production"}};
    QVERIFY(workbench::guardedValues(outside).empty());
}

QTEST_GUILESS_MAIN(TestGuardedValues)
#include "tst_guardedvalues.moc"
