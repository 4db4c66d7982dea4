export default function HomePage() {
  return <h1>Gatehouse</h1>;
}
