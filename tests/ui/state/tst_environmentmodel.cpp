// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of an environment: kinds, secrets that show no value, where values come from.

#include <state/environmentmodel.h>

#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::ui;

namespace {

EnvironmentEdit local()
{
    EnvironmentEdit edit;
    edit.environment.name = "local";
    edit.environment.variables = {{"host", "http://a"}, {"size", "5"}, {"password", "", true, true}};
    edit.types = {"", "number", ""};
    return edit;
}

} // namespace

class TestEnvironmentModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void showsKindsAndSources();
    void secretsAreDots();
    void typingASecretKeepsItOutOfTheFile();
    void aValueStaysWithItsRow();
    void noNameOverwritesAValue();
    void comesBackAsItWasEdited();
    void aValueBecomesASecret();
    void aSecretNeverBecomesClear();
    void judgesValues();
    void theLastRowIsANewOne();
    void removesRows();

private:
    QString text(int row, int column) const { return m_model->index(row, column).data().toString(); }
    bool type(int row, int column, const char* value)
    {
        return m_model->setData(m_model->index(row, column), QString::fromUtf8(value));
    }

    std::unique_ptr<EnvironmentModel> m_model;
};

void TestEnvironmentModel::init()
{
    m_model = std::make_unique<EnvironmentModel>();
    new QAbstractItemModelTester(m_model.get(), m_model.get());
    m_model->setEdit(local());
}

void TestEnvironmentModel::showsKindsAndSources()
{
    QCOMPARE(m_model->rowCount(), 4);
    QCOMPARE(text(0, EnvironmentModel::Kind), QStringLiteral("Text"));
    QCOMPARE(text(1, EnvironmentModel::Kind), QStringLiteral("Number"));
    QCOMPARE(text(2, EnvironmentModel::Kind), QStringLiteral("Secret"));
    QCOMPARE(text(0, EnvironmentModel::Source), QStringLiteral("File"));
    QCOMPARE(text(2, EnvironmentModel::Source), QStringLiteral("No value yet"));
    using run::SecretSource;
    const std::vector<std::pair<SecretSource, QString>> words{
        {SecretSource::Given, QStringLiteral("Typed, in memory")},
        {SecretSource::Keychain, QStringLiteral("Keychain")},
        {SecretSource::Process, QStringLiteral("Process")},
        {SecretSource::DotEnv, QStringLiteral(".env file")}};
    for (const auto& [source, word] : words) {
        m_model->setSecrets({{"local", "password", Secret("hunter2"), source}});
        QCOMPARE(text(2, EnvironmentModel::Source), word);
    }
    m_model->setSecrets({{"other", "password", Secret("hunter2"), SecretSource::Given}});
    QCOMPARE(text(2, EnvironmentModel::Source), QStringLiteral("No value yet"));
}

void TestEnvironmentModel::secretsAreDots()
{
    m_model->setSecrets({{"local", "password", Secret("hunter2"), run::SecretSource::Keychain}});
    const QModelIndex value = m_model->index(2, EnvironmentModel::Value);
    QCOMPARE(value.data().toString(), QString(8, QChar(0x2022)));
    QCOMPARE(value.data(Qt::EditRole).toString(), QString());
    for (int role = 0; role < 300; ++role)
        QVERIFY(!value.data(role).toString().contains(QStringLiteral("hunter2")));
    m_model->setReveal(true);
    QCOMPARE(value.data().toString(), QStringLiteral("hunter2"));
    m_model->setReveal(false);
    QCOMPARE(value.data().toString(), QString(8, QChar(0x2022)));
}

void TestEnvironmentModel::typingASecretKeepsItOutOfTheFile()
{
    const QSignalSpy edited(m_model.get(), &EnvironmentModel::edited);
    QVERIFY(type(2, EnvironmentModel::Value, "hunter2"));
    QCOMPARE(edited.size(), 1);
    const EnvironmentEdit edit = m_model->edit();
    QCOMPARE(edit.environment.variables[2].value, std::string());
    QCOMPARE(edit.values.at("password"), Secret("hunter2"));
    QCOMPARE(text(2, EnvironmentModel::Source), QStringLiteral("Typed, not saved"));
    QVERIFY(type(2, EnvironmentModel::Name, "pass"));
    QCOMPARE(m_model->edit().values.at("pass"), Secret("hunter2"));
    QCOMPARE(m_model->edit().values.size(), std::size_t(1));
}

/// Each key stroke is committed: "passwordUrl" is "password" for a moment.
void TestEnvironmentModel::aValueStaysWithItsRow()
{
    QVERIFY(type(2, EnvironmentModel::Value, "hunter2"));
    for (const char* name : {"passwor", "password", "passwordUrl"}) {
        QVERIFY(type(3, EnvironmentModel::Name, name));
        QCOMPARE(text(2, EnvironmentModel::Source), QStringLiteral("Typed, not saved"));
        QCOMPARE(text(3, EnvironmentModel::Source), QStringLiteral("File"));
        QCOMPARE(m_model->edit().values.at("password"), Secret("hunter2"));
        QCOMPARE(m_model->edit().values.size(), std::size_t(1));
    }
    QVERIFY(type(3, EnvironmentModel::Name, "password"));
    QVERIFY(m_model->removeRow(3));
    QCOMPARE(m_model->edit().values.at("password"), Secret("hunter2"));
}

void TestEnvironmentModel::noNameOverwritesAValue()
{
    QVERIFY(type(2, EnvironmentModel::Value, "hunter2"));
    QVERIFY(type(3, EnvironmentModel::Name, "p"));
    QVERIFY(type(3, EnvironmentModel::Kind, "Secret"));
    QVERIFY(type(3, EnvironmentModel::Value, "another"));
    QVERIFY(type(3, EnvironmentModel::Name, "password"));
    QCOMPARE(m_model->edit().values.at("password"), Secret("hunter2"));
    QVERIFY(type(3, EnvironmentModel::Name, "passwordUrl"));
    QCOMPARE(m_model->edit().values.at("password"), Secret("hunter2"));
    QCOMPARE(m_model->edit().values.at("passwordUrl"), Secret("another"));
    QVERIFY(type(3, EnvironmentModel::Name, "password"));
    QVERIFY(type(3, EnvironmentModel::Kind, "Text"));
    QCOMPARE(m_model->edit().values.at("password"), Secret("hunter2"));
}

void TestEnvironmentModel::comesBackAsItWasEdited()
{
    QVERIFY(type(2, EnvironmentModel::Value, "hunter2"));
    const EnvironmentEdit edit = m_model->edit();
    m_model->setEdit(local());
    QVERIFY(m_model->edit().values.empty());
    m_model->setEdit(edit);
    QVERIFY(m_model->edit() == edit);
    QCOMPARE(text(2, EnvironmentModel::Source), QStringLiteral("Typed, not saved"));
}

void TestEnvironmentModel::aValueBecomesASecret()
{
    QVERIFY(type(0, EnvironmentModel::Kind, "Secret"));
    const EnvironmentEdit edit = m_model->edit();
    QVERIFY(edit.environment.variables[0].secret);
    QCOMPARE(edit.environment.variables[0].value, std::string());
    QCOMPARE(edit.values.at("host"), Secret("http://a"));
}

void TestEnvironmentModel::aSecretNeverBecomesClear()
{
    QVERIFY(type(2, EnvironmentModel::Value, "hunter2"));
    QVERIFY(type(2, EnvironmentModel::Kind, "Text"));
    const EnvironmentEdit edit = m_model->edit();
    QVERIFY(!edit.environment.variables[2].secret);
    QCOMPARE(edit.environment.variables[2].value, std::string());
    QVERIFY(edit.values.empty());
    QCOMPARE(edit.types[2], std::string("string"));
}

void TestEnvironmentModel::judgesValues()
{
    const auto problem = [this](int row) {
        return m_model->index(row, EnvironmentModel::Value).data(EnvironmentModel::ProblemRole).toString();
    };
    QCOMPARE(problem(1), QString());
    QVERIFY(type(1, EnvironmentModel::Value, "five"));
    QCOMPARE(problem(1), QStringLiteral("This is no number"));
    QCOMPARE(m_model->index(1, EnvironmentModel::Value).data(Qt::ToolTipRole).toString(),
             QStringLiteral("<qt>This is no number</qt>"));
    QVERIFY(m_model->setData(m_model->index(1, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(problem(1), QString());
}

void TestEnvironmentModel::theLastRowIsANewOne()
{
    QVERIFY(m_model->index(3, EnvironmentModel::Name).data(EnvironmentModel::PlaceholderRole).toBool());
    QVERIFY(!m_model->setData(m_model->index(3, EnvironmentModel::Enabled), Qt::Checked, Qt::CheckStateRole));
    QVERIFY(type(3, EnvironmentModel::Name, "more"));
    QCOMPARE(m_model->rowCount(), 5);
    QCOMPARE(m_model->edit().environment.variables.size(), std::size_t(4));
    QVERIFY(type(3, EnvironmentModel::Name, ""));
    QCOMPARE(m_model->edit().environment.variables.size(), std::size_t(3));
}

void TestEnvironmentModel::removesRows()
{
    QVERIFY(type(2, EnvironmentModel::Value, "hunter2"));
    QVERIFY(m_model->removeRow(2));
    QVERIFY(m_model->edit().values.empty());
    QCOMPARE(m_model->edit().types, (store::ValueTypes{"", "number"}));
    QVERIFY(!m_model->removeRow(2)); // the empty one stays
}

QTEST_GUILESS_MAIN(TestEnvironmentModel)
#include "tst_environmentmodel.moc"
